using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Rapida.Testing;

namespace Rapida.Vault.Tests;

/// <summary>A grant as CallControl signs it, or as somebody else would like to.</summary>
internal static class SignedGrant
{
    public static string By(
        string issuer, ServiceKeys keys, Guid projectId, IEnumerable<Guid> credentialIds, string audience = "vault", int minutes = 5)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(keys.SettingsFor(issuer).First().Value), out _);
        // The key's cache would outlive the key.
        var signing = new ECDsaSecurityKey(key) { CryptoProviderFactory = new() { CacheSignatureProviders = false } };
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Expires = TimeProvider.System.GetUtcNow().AddMinutes(minutes).UtcDateTime,
            Claims = new Dictionary<string, object>
            {
                ["project_id"] = projectId.ToString(),
                ["credential_ids"] = credentialIds.Select(id => id.ToString()).ToArray(),
            },
            SigningCredentials = new(signing, SecurityAlgorithms.EcdsaSha256),
        });
    }
}
