using Microsoft.EntityFrameworkCore;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.Credentials;

internal sealed record LeasePage(IReadOnlyList<Lease> Leases, string? NextPageToken);

/// <summary>Who had a credential's secret, newest first, in pages. That of a deleted one can still be read: it is what the audit is for.</summary>
internal sealed class ListLeases(VaultDbContext db)
{
    public async Task<Result<LeasePage>> ExecuteAsync(
        Guid projectId, Guid credentialId, int? pageSize, string? pageToken, CancellationToken cancellationToken)
    {
        if (!await db.Credentials.AnyAsync(row => row.ProjectId == projectId && row.Id == credentialId, cancellationToken))
            return CredentialProblems.Unknown;

        var size = pageSize ?? 50;
        Guid? before = null;
        if (size is < 1 or > 100)
            return CredentialProblems.BadPage;
        if (!string.IsNullOrEmpty(pageToken))
        {
            if (!Guid.TryParse(pageToken, out var token))
                return CredentialProblems.BadPage;
            before = token;
        }

        // Ids are UUID v7: their order is the order of making. The time is there for the index.
        var leases = await db.Leases.AsNoTracking()
            .Where(lease => lease.ProjectId == projectId && lease.CredentialId == credentialId
                && (before == null || lease.Id.CompareTo(before.Value) < 0))
            .OrderByDescending(lease => lease.CreatedAt).ThenByDescending(lease => lease.Id)
            .Take(size + 1)
            .ToListAsync(cancellationToken);
        return leases.Count > size
            ? new LeasePage(leases[..size], leases[size - 1].Id.ToString())
            : new LeasePage(leases, null);
    }
}
