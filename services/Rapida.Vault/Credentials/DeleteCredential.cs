using Microsoft.EntityFrameworkCore;
using Rapida.Deployments.V1;
using Rapida.Events.Outbox;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.Credentials;

/// <summary>
/// Wipes a credential that no live assistant uses. Its row stays for the audit; nobody can see, list or reveal it any more.
/// </summary>
internal sealed class DeleteCredential(
    VaultDbContext db, Deployments.V1.Deployments.DeploymentsClient deployments, TimeProvider clock, ILogger<DeleteCredential> logger)
{
    /// <summary>Null when it is deleted.</summary>
    public async Task<Problem?> ExecuteAsync(Guid projectId, Guid id, CancellationToken cancellationToken)
    {
        // Only the owner may learn who uses it.
        if (!await db.Credentials.AnyAsync(row => row.ProjectId == projectId && row.Id == id && row.DeletedAt == null, cancellationToken))
            return CredentialProblems.Unknown;

        var found = await deployments.FindCredentialUsesAsync(
            new() { ProjectId = projectId.ToString(), CredentialId = id.ToString() }, cancellationToken: cancellationToken);
        if (found.Uses.Count > 0)
            return CredentialProblems.InUse(found.Uses);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.LockCredentialAsync(projectId, id, cancellationToken) is not { } credential)
            return CredentialProblems.Unknown;

        db.Outbox.Announce(credential.Delete(clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        logger.CredentialDeleted(id);
        return null;
    }
}
