using Microsoft.EntityFrameworkCore;
using Rapida.ServiceDefaults.Endpoints;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.Credentials;

/// <summary>Who had a credential's secret, newest first, in pages. That of a deleted one can still be read: it is what the audit is for.</summary>
internal sealed class ListLeases(VaultDbContext db)
{
    public async Task<Result<Page<Lease>>> ExecuteAsync(
        Guid projectId, Guid credentialId, int? pageSize, string? pageToken, CancellationToken cancellationToken)
    {
        if (!await db.Credentials.AnyAsync(row => row.ProjectId == projectId && row.Id == credentialId, cancellationToken))
            return CredentialProblems.Unknown;
        if (!Paging.Parse<Guid>(pageSize, pageToken).TryGet(out var page, out var problem))
            return problem;

        // Ids are UUID v7: their order is the order of making. The time is there for the index.
        var leases = await db.Leases.AsNoTracking()
            .Where(lease => lease.ProjectId == projectId && lease.CredentialId == credentialId
                && (page.Last == null || lease.Id < page.Last))
            .OrderByDescending(lease => lease.CreatedAt).ThenByDescending(lease => lease.Id)
            .Take(page.Rows)
            .ToListAsync(cancellationToken);
        return page.Of(leases, lease => lease.Id);
    }
}
