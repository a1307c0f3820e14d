using Microsoft.EntityFrameworkCore;
using Rapida.Calls.V1;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.Credentials;

/// <summary>Has CallControl ask the carrier whether it takes a credential, and keeps the answer.</summary>
internal sealed class VerifyCredential(
    VaultDbContext db, CredentialChecks.CredentialChecksClient calls, TimeProvider clock, ILogger<VerifyCredential> logger)
{
    // CallControl gives the carrier 10 s, the gateway gives us 15.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    /// <summary>Null when there is an answer, whatever it is.</summary>
    public async Task<Problem?> ExecuteAsync(Guid projectId, Guid id, CancellationToken cancellationToken)
    {
        var asked = await db.Credentials.AsNoTracking()
            .Where(row => row.ProjectId == projectId && row.Id == id && row.DeletedAt == null)
            .Select(row => new { row.Provider, row.Sequence })
            .SingleOrDefaultAsync(cancellationToken);
        if (asked is null)
            return CredentialProblems.Unknown;
        if (asked.Provider != ProviderFields.Twilio)
            return CredentialProblems.NotVerifiable;

        // By the machine's clock: gRPC measures deadlines by no other.
        var heard = await calls.VerifyAsync(
            new() { ProjectId = projectId.ToString(), CredentialId = id.ToString() },
            deadline: (TimeProvider.System.GetUtcNow() + Patience).UtcDateTime, cancellationToken: cancellationToken);
        var status = heard.Connected ? CredentialStatus.Connected : CredentialStatus.Failing;
        var (reason, detail) = heard.Connected ? (null, (string?)null) : (heard.Reason, heard.Detail);
        var now = clock.GetUtcNow();

        // Of what was asked about only: an answer about a secret that has been rotated meanwhile is worth nothing.
        await db.Credentials
            .Where(row => row.ProjectId == projectId && row.Id == id && row.DeletedAt == null && row.Sequence == asked.Sequence)
            .ExecuteUpdateAsync(
                row => row.SetProperty(credential => credential.Status, status)
                    .SetProperty(credential => credential.StatusReason, reason)
                    .SetProperty(credential => credential.StatusDetail, detail)
                    .SetProperty(credential => credential.VerifiedAt, now),
                cancellationToken);
        logger.CredentialVerified(id, status, reason);
        return null;
    }
}
