using Microsoft.EntityFrameworkCore;
using Rapida.Vault.Encryption;

namespace Rapida.Vault.Credentials;

/// <summary>Stores a credential under an id that is known beforehand, unless it is there; the second time it changes nothing.</summary>
internal sealed class EnsureCredential(VaultDbContext db, EnvelopeEncryption encryption, TimeProvider clock)
{
    public async Task ExecuteAsync(Guid id, CreateCredentialCommand command, CancellationToken cancellationToken)
    {
        if (await db.Credentials.AnyAsync(credential => credential.ProjectId == command.ProjectId && credential.Id == id, cancellationToken))
            return;

        db.Credentials.Add(Credential.Create(id, command, encryption, clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
    }
}
