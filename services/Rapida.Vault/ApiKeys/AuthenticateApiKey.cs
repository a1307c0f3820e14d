using Microsoft.EntityFrameworkCore;
using Rapida.ServiceDefaults.Access;

namespace Rapida.Vault.ApiKeys;

/// <summary>
/// Tells who is behind a key. A text that nobody can have been given costs no query; every other costs one. Nothing is remembered here,
/// so a revoked key is refused from the moment of the commit on.
/// </summary>
internal sealed class AuthenticateApiKey(VaultDbContext db, Peppers peppers, UseNotes uses, TimeProvider clock) : IApiKeys
{
    /// <summary>The row of this key; null when it is unknown, expired or revoked.</summary>
    public async ValueTask<ApiKey?> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (!ApiKeyText.TryParse(text, out var presented))
            return null;

        var now = clock.GetUtcNow();
        var lookupId = presented.LookupId;
        var key = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(row => row.LookupId == lookupId, cancellationToken);
        if (key is null || !key.IsGoodAt(now) || !peppers.Matches(presented, key.Hash))
            return null;

        if (key.Hash.PepperId != peppers.Active.Id)
            await HashAnewAsync(key.Id, presented, cancellationToken);
        uses.Note(key, now);
        return key;
    }

    // Only now is its text at hand: so the keys that are used come under the new pepper by themselves.
    private async Task HashAnewAsync(Guid id, ApiKeyText text, CancellationToken cancellationToken)
    {
        var hash = peppers.Hash(text);
        await db.Database.ExecuteSqlAsync(
            $"update api_keys set hash_pepper_id = {hash.PepperId}, hash_value = {hash.Value} where id = {id}", cancellationToken);
    }

    public async ValueTask<ApiKeyHolder?> AuthenticateAsync(string key, CancellationToken cancellationToken) =>
        await FindAsync(key, cancellationToken) is { } known
            ? new(known.ProjectId, known.Id, known.Scopes.ToHashSet(StringComparer.Ordinal))
            : null;
}
