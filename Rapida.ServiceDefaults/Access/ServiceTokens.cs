using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Rapida.ServiceDefaults.Access;

/// <summary>
/// ES256 tokens (RFC 7518 section 3.4) by which services know each other: issuer and audience are service names, the scope is one
/// gRPC method, the life is a minute.
/// </summary>
public sealed class ServiceTokens : IDisposable
{
    /// <summary>How long a token is good.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    private const string ScopeClaim = "scope";
    private readonly string _service;
    private readonly TimeProvider _clock;
    private readonly ECDsa _ownKey = ECDsa.Create();
    private readonly SigningCredentials _signing;
    private readonly Dictionary<string, SecurityKey[]> _peers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Audience, string Scope), (string Token, DateTimeOffset Until)> _issued = new();
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };

    internal ServiceTokens(string service, IOptions<AccessOptions> options, TimeProvider clock)
    {
        (_service, _clock) = (service, clock);
        _ownKey.ImportPkcs8PrivateKey(Convert.FromBase64String(options.Value.SigningKey), out _);
        _signing = new(new ECDsaSecurityKey(_ownKey) { KeyId = service }, SecurityAlgorithms.EcdsaSha256);

        foreach (var (peer, publicKeys) in options.Value.PublicKeys)
            _peers[peer] = [.. publicKeys.Split(',', StringSplitOptions.TrimEntries).Select(key => PublicKey(peer, key))];
    }

    /// <summary>A token for one method of one peer. The same one is used again for half of its life: signing costs more than sending.</summary>
    public string Issue(string audience, string scope)
    {
        var now = _clock.GetUtcNow();
        if (_issued.TryGetValue((audience, scope), out var issued) && now < issued.Until)
            return issued.Token;

        var token = Sign(audience, new Dictionary<string, object> { [ScopeClaim] = scope }, Life);
        _issued[(audience, scope)] = (token, now + Life / 2);
        return token;
    }

    /// <summary>Signs claims of this service for a peer, such as the grant that a relay shows to Vault.</summary>
    public string Sign(string audience, IDictionary<string, object> claims, TimeSpan life)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = _service,
            Audience = audience,
            IssuedAt = now,
            Expires = now + life,
            Claims = claims,
            SigningCredentials = _signing,
        });
    }

    /// <summary>The service that made this token for this service and this method; null when it is not to be believed.</summary>
    public async Task<string?> WhoCallsAsync(string? token, string scope) =>
        await ReadAsync(token) is { } read && read.TryGetPayloadValue<string>(ScopeClaim, out var granted) && granted == scope
            ? read.Issuer
            : null;

    /// <summary>A token that a known peer signed for this service and that is still good; else null.</summary>
    public async Task<JsonWebToken?> ReadAsync(string? token)
    {
        if (token is null || !_handler.CanReadToken(token))
            return null;

        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidAudience = _service,
            // The key is the issuer's: a peer cannot sign in another's name.
            IssuerSigningKeyResolver = (_, unread, _, _) => _peers.GetValueOrDefault(unread.Issuer, []),
            IssuerValidator = (issuer, _, _) => _peers.ContainsKey(issuer) ? issuer : throw new SecurityTokenInvalidIssuerException(),
            LifetimeValidator = (_, expires, _, _) => expires > _clock.GetUtcNow().UtcDateTime,
            RequireExpirationTime = true,
        });
        return result.IsValid ? (JsonWebToken)result.SecurityToken : null;
    }

    private static ECDsaSecurityKey PublicKey(string peer, string publicKey)
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
        return new ECDsaSecurityKey(key) { KeyId = peer };
    }

    /// <summary>Forgets the private key.</summary>
    public void Dispose() => _ownKey.Dispose();
}
