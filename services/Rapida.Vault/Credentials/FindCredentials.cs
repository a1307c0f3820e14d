using Microsoft.EntityFrameworkCore;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.Credentials;

/// <summary>Credentials as they may be shown: whoever reads them here has no use for the envelope.</summary>
internal sealed class FindCredentials(VaultDbContext db)
{
    public async Task<Result<Credential>> GetAsync(Guid projectId, Guid id, CancellationToken cancellationToken) =>
        await db.Credentials.AsNoTracking().SingleOrDefaultAsync(row => row.ProjectId == projectId && row.Id == id, cancellationToken)
            is { } credential
            ? credential
            : CredentialProblems.Unknown;

    /// <summary>The newest last.</summary>
    public async Task<IReadOnlyList<Credential>> ListAsync(Guid projectId, CancellationToken cancellationToken) =>
        await db.Credentials.AsNoTracking().Where(row => row.ProjectId == projectId).OrderBy(row => row.Id).ToListAsync(cancellationToken);
}
