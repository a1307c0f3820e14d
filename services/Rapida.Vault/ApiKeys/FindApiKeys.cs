using Microsoft.EntityFrameworkCore;

namespace Rapida.Vault.ApiKeys;

internal sealed class FindApiKeys(VaultDbContext db)
{
    /// <summary>The newest last; the revoked and expired too.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(Guid projectId, CancellationToken cancellationToken) =>
        await db.ApiKeys.AsNoTracking().Where(key => key.ProjectId == projectId).OrderBy(key => key.Id).ToListAsync(cancellationToken);
}
