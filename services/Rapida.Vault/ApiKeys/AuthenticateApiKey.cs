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
        if (key is null || !peppers.Matches(presented, key.Hash) || !key.IsGoodAt(now))
            return null;

        uses.Note(key, now);
        return key;
    }

    public async ValueTask<ApiKeyHolder?> AuthenticateAsync(string key, CancellationToken cancellationToken) =>
        await FindAsync(key, cancellationToken) is { } known
            ? new(known.ProjectId, known.Id, known.Scopes.ToHashSet(StringComparer.Ordinal))
            : null;
}
