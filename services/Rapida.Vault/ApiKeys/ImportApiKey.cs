using Microsoft.EntityFrameworkCore;
using Rapida.ServiceDefaults.Access;

namespace Rapida.Vault.ApiKeys;

/// <summary>Stores a key whose text was made elsewhere, unless it is there; the second time it changes nothing.</summary>
internal sealed class ImportApiKey(VaultDbContext db, Peppers peppers, TimeProvider clock)
{
    public async Task ExecuteAsync(CreateApiKeyCommand command, ApiKeyText text, CancellationToken cancellationToken)
    {
        if (await db.ApiKeys.AnyAsync(key => key.ProjectId == command.ProjectId && key.LookupId == text.LookupId, cancellationToken))
            return;

        db.ApiKeys.Add(ApiKey.Create(command, text, peppers, clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
    }
}
