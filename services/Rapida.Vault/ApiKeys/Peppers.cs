using System.Security.Cryptography;
using System.Text;
using Rapida.ServiceDefaults.Access;
using Rapida.Vault.Encryption;

namespace Rapida.Vault.ApiKeys;

/// <summary>What is stored of a key instead of the key.</summary>
/// <param name="PepperId">Which pepper it was made with.</param>
/// <param name="Value">HMAC-SHA-256 of the whole key's text.</param>
internal sealed record ApiKeyHash(string PepperId, byte[] Value);

/// <summary>
/// The HMAC keys of the stored hashes. A key's own 190 random bits need no slow hash; the pepper keeps a stolen database from telling
/// whether a key that was found elsewhere is one of ours.
/// </summary>
internal sealed class Peppers(IConfiguration configuration) : KeySet(configuration, Section)
{
    public const string Section = "Vault:Peppers";

    public ApiKeyHash Hash(ApiKeyText key)
    {
        var pepper = Active;
        return new(pepper.Id, Hmac(pepper.Value, key));
    }

    /// <exception cref="InvalidOperationException">The pepper of this hash is not configured.</exception>
    public bool Matches(ApiKeyText key, ApiKeyHash hash) => TryGet(hash.PepperId, out var pepper)
        ? CryptographicOperations.FixedTimeEquals(Hmac(pepper, key), hash.Value)
        : throw new InvalidOperationException($"{Section}:Keys:{hash.PepperId} is missing: set it to the pepper that once had this id.");

    private static byte[] Hmac(byte[] pepper, ApiKeyText key) => HMACSHA256.HashData(pepper, Encoding.ASCII.GetBytes(key.Reveal()));
}
