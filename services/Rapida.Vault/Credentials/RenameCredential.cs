using Rapida.Events.Outbox;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.Credentials;

/// <summary>Gives a credential another name. What uses it knows it by its id.</summary>
internal sealed class RenameCredential(VaultDbContext db, TimeProvider clock, ILogger<RenameCredential> logger)
{
    public async Task<Result<Credential>> ExecuteAsync(Guid projectId, Guid id, string? name, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.LockCredentialAsync(projectId, id, cancellationToken) is not { } credential)
            return CredentialProblems.Unknown;
        if (!CreateCredentialCommand.IsName(name))
            return CredentialProblems.NameInvalid;

        db.Outbox.Announce(credential.Rename(name, clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        logger.CredentialRenamed(id);
        return credential;
    }
}
