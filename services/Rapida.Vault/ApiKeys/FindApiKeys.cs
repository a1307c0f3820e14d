using Microsoft.EntityFrameworkCore;
using Rapida.ServiceDefaults.Endpoints;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.ApiKeys;

internal sealed class FindApiKeys(VaultDbContext db)
{
    /// <summary>The newest last; the revoked and expired too.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(Guid projectId, CancellationToken cancellationToken) =>
        await db.ApiKeys.AsNoTracking().Where(key => key.ProjectId == projectId).OrderBy(key => key.Id).ToListAsync(cancellationToken);

    /// <summary>The same, in pages.</summary>
    public async Task<Result<Page<ApiKey>>> PageAsync(Guid projectId, int? pageSize, string? pageToken, CancellationToken cancellationToken)
    {
        if (!Paging.Parse<Guid>(pageSize, pageToken).TryGet(out var page, out var problem))
            return problem;

        var keys = await db.ApiKeys.AsNoTracking()
            .Where(key => key.ProjectId == projectId && (page.Last == null || key.Id > page.Last))
            .OrderBy(key => key.Id)
            .Take(page.Rows)
            .ToListAsync(cancellationToken);
        return page.Of(keys, key => key.Id);
    }
}
