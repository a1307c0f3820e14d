using System.Collections.Concurrent;
using System.Text.Json;
using Grpc.Core;
using Rapida.Media.V1;
using Rapida.ServiceDefaults.Privacy;
using Rapida.Vault.V1;

namespace Rapida.MediaRelay.Tools;

/// <summary>
/// The headers of one call's tools, on loan from Vault: it is asked when a tool is first used, and again when the lease is over. It gives what the
/// call's grant lists and no more.
/// </summary>
internal sealed class LeasedHeaders(Credentials.CredentialsClient vault, ClaimResponse claim, TimeProvider clock, ILogger logger)
{
    private const string Purpose = "http-tool";

    // Vault says how long; this bounds it where its clock is ahead of ours.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly string Instance = $"media@{Environment.MachineName}:{Environment.ProcessId}";

    private readonly ConcurrentDictionary<string, Lease> _leases = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    /// <summary>All headers of a credential; null: Vault does not give them now.</summary>
    public async Task<IReadOnlyDictionary<string, Secret>?> FindAsync(string credentialId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_leases.TryGetValue(credentialId, out var known) && now < known.Until)
            return known.Headers;

        _leases.TryRemove(credentialId, out _);
        try
        {
            var revealed = await vault.RevealCredentialAsync(
                new() { ProjectId = claim.ProjectId, Id = credentialId, Purpose = Purpose, Instance = Instance, Grant = claim.CredentialGrant },
                cancellationToken: cancellationToken);
            if (Parse(revealed) is not { } headers)
            {
                Tell("NoHeaders");
                return null;
            }

            var expires = revealed.ExpiresAt.ToDateTimeOffset();
            _leases[credentialId] = new(headers, expires < now + Longest ? expires : now + Longest);
            return headers;
        }
        catch (RpcException exception)
        {
            // The caller has interrupted: nobody waits for the tool any more.
            cancellationToken.ThrowIfCancellationRequested();
            Tell(exception.StatusCode.ToString());
            return null;
        }
    }

    // {"headers":"{\"Authorization\":\"Bearer …\"}"}; another credential has another shape.
    private static Dictionary<string, Secret>? Parse(RevealCredentialResponse revealed)
    {
        try
        {
            return revealed.SecretFields.TryGetValue("headers", out var json)
                ? JsonSerializer.Deserialize<Dictionary<string, string>>(json)?.ToDictionary(header => header.Key, header => new Secret(header.Value))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Tell(string reason)
    {
        if (_told.TryAdd(reason, true))
            logger.HeadersNotRevealed(claim.CallId, reason);
    }

    private sealed record Lease(IReadOnlyDictionary<string, Secret> Headers, DateTimeOffset Until);
}
