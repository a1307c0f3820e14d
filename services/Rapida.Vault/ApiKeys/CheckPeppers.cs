using Microsoft.EntityFrameworkCore;

namespace Rapida.Vault.ApiKeys;

/// <summary>A service that lacks a pepper of keys in use must not start: it would answer who shows such a key with an error.</summary>
internal sealed class CheckPeppers(IServiceScopeFactory scopes, Peppers peppers, TimeProvider clock) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        var needed = await scope.ServiceProvider.GetRequiredService<VaultDbContext>().ApiKeys.AsNoTracking()
            .Where(key => key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now))
            .GroupBy(key => key.Hash.PepperId)
            .Select(keys => new { Id = keys.Key, Count = keys.Count() })
            .ToListAsync(cancellationToken);
        var missing = needed.Where(pepper => !peppers.TryGet(pepper.Id, out _)).OrderBy(pepper => pepper.Id, StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
            throw new InvalidOperationException(
                $"{Peppers.Section} lacks peppers that API keys in use need: " +
                string.Join(", ", missing.Select(pepper => $"{pepper.Id} ({pepper.Count} {(pepper.Count == 1 ? "key" : "keys")})")) +
                $". Set {Peppers.Section}:Keys:<id> to the peppers that once had these ids, or revoke the keys.");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
