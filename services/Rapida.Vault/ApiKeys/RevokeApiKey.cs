using Microsoft.EntityFrameworkCore;
using Rapida.Contracts.Events;
using Rapida.Events.Outbox;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.ApiKeys;

/// <summary>Ends a key's life for good and tells everybody who remembers it. Revoking it again changes nothing.</summary>
internal sealed class RevokeApiKey(VaultDbContext db, TimeProvider clock, ILogger<RevokeApiKey> logger)
{
    public async Task<Result<ApiKey>> ExecuteAsync(Guid projectId, Guid id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var revoked = await db.ApiKeys
            .Where(key => key.ProjectId == projectId && key.Id == id && key.RevokedAt == null)
            .ExecuteUpdateAsync(key => key.SetProperty(row => row.RevokedAt, now), cancellationToken);
        if (revoked == 1)
        {
            // A key is revoked once: that is the only fact there is about it.
            db.Outbox.Announce(new ApiKeyRevoked(projectId, id, Sequence: 1, now));
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        if (revoked == 1)
            logger.ApiKeyRevoked(id);
        return await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(key => key.ProjectId == projectId && key.Id == id, cancellationToken)
            is { } apiKey
            ? apiKey
            : ApiKeyProblems.Unknown;
    }
}
