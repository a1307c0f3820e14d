namespace Rapida.Vault.Encryption;

/// <summary>The keys that wrap data keys. They exist in Vault's configuration and nowhere else.</summary>
internal sealed class KeyRing(IConfiguration configuration) : KeySet(configuration, Section)
{
    public const string Section = "Vault:KeyRing";
}
