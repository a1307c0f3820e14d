using System.Security.Cryptography;
using System.Text.Json;
using Rapida.ServiceDefaults.Privacy;
using Rapida.Vault.Encryption;

namespace Rapida.Vault.Credentials;

/// <summary>Secret fields on their way into an envelope and out of it. The clear bytes are wiped before either returns.</summary>
internal static class SecretText
{
    public static Envelope Seal(IReadOnlyDictionary<string, Secret> fields, EnvelopeEncryption encryption, EnvelopeOwner owner)
    {
        var clear = JsonSerializer.SerializeToUtf8Bytes(fields.ToDictionary(field => field.Key, field => field.Value.Reveal()));
        try
        {
            return encryption.Seal(clear, owner);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }

    public static IReadOnlyDictionary<string, Secret> Open(Envelope envelope, EnvelopeEncryption encryption, EnvelopeOwner owner)
    {
        var clear = encryption.Open(envelope, owner);
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(clear)!
                .ToDictionary(field => field.Key, field => new Secret(field.Value));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }
}
