using Microsoft.EntityFrameworkCore;
using Rapida.ServiceDefaults.Endpoints;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.Credentials;

/// <summary>A credential, and when a lease of it was last given.</summary>
internal sealed record FoundCredential(Credential Credential, DateTimeOffset? LastUsedAt);

/// <summary>Credentials as they may be shown: whoever reads them here has no use for the envelope.</summary>
internal sealed class FindCredentials(VaultDbContext db)
{
    public async Task<Result<FoundCredential>> GetAsync(Guid projectId, Guid id, CancellationToken cancellationToken) =>
        await Found(db.Credentials.Where(row => row.ProjectId == projectId && row.Id == id)).SingleOrDefaultAsync(cancellationToken)
            is { } credential
            ? credential
            : CredentialProblems.Unknown;

    /// <summary>The newest last.</summary>
    public async Task<IReadOnlyList<FoundCredential>> ListAsync(Guid projectId, CancellationToken cancellationToken) =>
        await Found(db.Credentials.Where(row => row.ProjectId == projectId).OrderBy(row => row.Id)).ToListAsync(cancellationToken);

    /// <summary>The newest last, in pages.</summary>
    public async Task<Result<Page<FoundCredential>>> PageAsync(Guid projectId, int? pageSize, string? pageToken, CancellationToken cancellationToken)
    {
        if (!Paging.Parse<Guid>(pageSize, pageToken).TryGet(out var page, out var problem))
            return problem;

        var rows = db.Credentials.Where(row => row.ProjectId == projectId && (page.Last == null || row.Id > page.Last)).OrderBy(row => row.Id);
        return page.Of(await Found(rows).Take(page.Rows).ToListAsync(cancellationToken), found => found.Credential.Id);
    }

    private IQueryable<FoundCredential> Found(IQueryable<Credential> credentials) => credentials
        .AsNoTracking()
        .Where(row => row.DeletedAt == null)
        .Select(row => new FoundCredential(
            row,
            db.Leases.Where(lease => lease.ProjectId == row.ProjectId && lease.CredentialId == row.Id)
                .Max(lease => (DateTimeOffset?)lease.CreatedAt)));
}
