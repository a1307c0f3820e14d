using System.Collections.Concurrent;
using Grpc.Core;
using MassTransit;
using Rapida.Contracts.Events;
using Rapida.ServiceDefaults.Privacy;
using Rapida.ServiceDefaults.Resilience;
using Rapida.Vault.V1;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>
/// The Twilio accounts of our tenants. The token is a lease: in this instance's memory until Vault's expiry (at most 5 minutes), dropped
/// when the credential changes.
/// </summary>
internal sealed class TwilioAccounts(Credentials.CredentialsClient vault, TimeProvider clock)
{
    private static readonly TimeSpan SidLife = TimeSpan.FromMinutes(5);
    private static readonly string Instance = $"calls@{Environment.MachineName}:{Environment.ProcessId}";

    // By project too: a deployment that names another project's credential finds nothing here either.
    private readonly ConcurrentDictionary<(Guid ProjectId, Guid CredentialId), (string Sid, DateTimeOffset Until)> _sids = new();
    private readonly ConcurrentDictionary<(Guid ProjectId, Guid CredentialId), Lease> _leases = new();
    private readonly SingleFlight<(Guid ProjectId, Guid CredentialId, int Drops), Lease> _questions = new();
    private readonly Lock _keeping = new();
    private int _drops;

    /// <summary>The Account SID of a credential: public. Null when the project has no such credential of Twilio's.</summary>
    public async Task<string?> SidAsync(Guid projectId, Guid credentialId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_sids.TryGetValue((projectId, credentialId), out var known) && now < known.Until)
            return known.Sid;

        if (await FindAsync(projectId, credentialId, cancellationToken) is not { } credential
            || !credential.PublicFields.TryGetValue("account_sid", out var sid))
            return null;
        _sids[(projectId, credentialId)] = (sid, now + SidLife);
        return sid;
    }

    /// <summary>The Auth Token of a credential: leased.</summary>
    public async Task<Secret> TokenAsync(Guid projectId, Guid credentialId, string purpose, CancellationToken cancellationToken) =>
        (await LeaseAsync(projectId, credentialId, purpose, cancellationToken)).Token;

    /// <summary>All of a credential: leased. Null when the project has no such credential of Twilio's.</summary>
    public async Task<TwilioAccount?> FindAccountAsync(Guid projectId, Guid credentialId, string purpose, CancellationToken cancellationToken)
    {
        if (await FindAsync(projectId, credentialId, cancellationToken) is not { } credential
            || !credential.PublicFields.TryGetValue("account_sid", out var sid))
            return null;

        var lease = await LeaseAsync(projectId, credentialId, purpose, cancellationToken);
        return new(sid, lease.Token, lease.ApiKeySecret is { } secret && credential.PublicFields.TryGetValue("api_key_sid", out var keySid)
            ? new(keySid, secret)
            : null);
    }

    /// <summary>The tokens that a webhook or an upgrade may be signed with now.</summary>
    public async Task<SigningTokens> SigningTokensAsync(Guid projectId, Guid credentialId, CancellationToken cancellationToken)
    {
        try
        {
            var lease = await LeaseAsync(projectId, credentialId, "verify-webhook", cancellationToken);
            return lease.Previous is { } previous && clock.GetUtcNow() < lease.PreviousUntil ? new(lease.Key, previous) : new(lease.Key);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return new(); // Deleted, while Twilio still talks of a call that began with it.
        }
    }

    /// <summary>Forgets what is known of a credential.</summary>
    public void Drop(Guid projectId, Guid credentialId)
    {
        lock (_keeping)
        {
            _drops++;
            _sids.TryRemove((projectId, credentialId), out _);
            _leases.TryRemove((projectId, credentialId), out _);
        }
    }

    private async Task<Lease> LeaseAsync(Guid projectId, Guid credentialId, string purpose, CancellationToken cancellationToken)
    {
        if (_leases.TryGetValue((projectId, credentialId), out var known) && clock.GetUtcNow() < known.Until)
            return known;

        var drops = Volatile.Read(ref _drops);
        return await _questions.AskAsync((projectId, credentialId, drops), () => RevealAsync(projectId, credentialId, purpose, drops), cancellationToken);
    }

    private async Task<Lease> RevealAsync(Guid projectId, Guid credentialId, string purpose, int drops)
    {
        var revealed = await vault.RevealCredentialAsync(
            new() { ProjectId = projectId.ToString(), Id = credentialId.ToString(), Purpose = purpose, Instance = Instance });
        var token = new Secret(revealed.SecretFields["account_token"]);
        var lease = new Lease(
            token,
            new(token),
            revealed.ExpiresAt.ToDateTimeOffset(),
            revealed.PreviousSecretFields.TryGetValue("account_token", out var previous) ? new(new(previous)) : null,
            revealed.PreviousUntil?.ToDateTimeOffset(),
            revealed.SecretFields.TryGetValue("api_key_secret", out var apiKeySecret) ? new(apiKeySecret) : null);
        lock (_keeping)
        {
            // Vault may have read the row before it changed, and told us of the change while the answer was on its way.
            if (drops == _drops)
                _leases[(projectId, credentialId)] = lease;
        }

        return lease;
    }

    private async Task<Credential?> FindAsync(Guid projectId, Guid credentialId, CancellationToken cancellationToken)
    {
        try
        {
            return await vault.GetCredentialAsync(
                new() { ProjectId = projectId.ToString(), Id = credentialId.ToString() }, cancellationToken: cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    private sealed record Lease(Secret Token, SigningKey Key, DateTimeOffset Until, SigningKey? Previous, DateTimeOffset? PreviousUntil, Secret? ApiKeySecret);
}

/// <summary>A Twilio account, its Auth Token, and the API key that some have beside it.</summary>
internal sealed record TwilioAccount(string Sid, Secret Token, TwilioApiKey? ApiKey);

internal sealed record TwilioApiKey(string Sid, Secret Secret);

/// <summary>Broadcast: every instance drops the lease of a credential that changed.</summary>
internal sealed class DropChangedCredential(TwilioAccounts accounts) : IConsumer<CredentialChanged>
{
    public Task Consume(ConsumeContext<CredentialChanged> context)
    {
        accounts.Drop(context.Message.ProjectId, context.Message.AggregateId);
        return Task.CompletedTask;
    }
}
