using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using MassTransit;
using Rapida.Contracts.Events;
using Rapida.ServiceDefaults.Resilience;
using Rapida.Vault.V1;

namespace Rapida.ServiceDefaults.Access;

/// <summary>
/// Asks Vault and remembers the answer: a holder for 30 s and a refusal for 5 s, so that a flood of rubbish costs one question per key.
/// A revocation is heard within seconds through <see cref="ForgetRevokedApiKey"/>.
/// </summary>
public sealed class RemoteApiKeys(ApiKeys.ApiKeysClient vault, TimeProvider clock) : IApiKeys
{
    private static readonly TimeSpan HolderLife = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RefusalLife = TimeSpan.FromSeconds(5);

    // When it is full everything is forgotten: that costs questions, never a wrong answer.
    private const int MaxEntries = 10_000;

    // By SHA-256 of the key, so that no key lies about in memory.
    private readonly ConcurrentDictionary<string, (ApiKeyHolder? Holder, DateTimeOffset Until)> _known = new(StringComparer.Ordinal);
    private readonly SingleFlight<(string Digest, long Revocations), ApiKeyHolder?> _questions = new();
    private long _revocations;

    /// <inheritdoc/>
    public async ValueTask<ApiKeyHolder?> AuthenticateAsync(string key, CancellationToken cancellationToken)
    {
        var digest = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        if (_known.TryGetValue(digest, out var known) && clock.GetUtcNow() < known.Until)
            return known.Holder;

        var revocations = Volatile.Read(ref _revocations);
        return await _questions.AskAsync((digest, revocations), () => AskAsync(key, digest, revocations), cancellationToken);
    }

    private async Task<ApiKeyHolder?> AskAsync(string key, string digest, long revocations)
    {
        var now = clock.GetUtcNow();
        var answer = await vault.AuthenticateAsync(new() { Key = key });
        var holder = answer.Known
            ? new ApiKeyHolder(Guid.Parse(answer.ProjectId), Guid.Parse(answer.ApiKeyId), answer.Scopes.ToHashSet(StringComparer.Ordinal))
            : null;
        var until = now + (holder is null ? RefusalLife : HolderLife);
        if (answer.ExpiresAt?.ToDateTimeOffset() is { } expires && expires < until)
            until = expires;

        if (_known.Count >= MaxEntries)
            _known.Clear();
        _known[digest] = (holder, until);
        // A revocation that came while the answer was on its way may be of this key, and has found nothing to forget.
        if (Volatile.Read(ref _revocations) != revocations)
            _known.TryRemove(digest, out _);
        return holder;
    }

    /// <summary>Forgets what is known of a key.</summary>
    public void Forget(Guid apiKeyId)
    {
        Interlocked.Increment(ref _revocations);
        foreach (var (digest, (holder, _)) in _known)
            if (holder?.ApiKeyId == apiKeyId)
                _known.TryRemove(digest, out _);
    }
}

/// <summary>Broadcast: every instance forgets a key that was revoked.</summary>
public sealed class ForgetRevokedApiKey(RemoteApiKeys keys) : IConsumer<ApiKeyRevoked>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<ApiKeyRevoked> context)
    {
        keys.Forget(context.Message.AggregateId);
        return Task.CompletedTask;
    }
}
