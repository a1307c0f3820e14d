namespace Rapida.Vault.Encryption;

internal static class EncryptionRegistration
{
    /// <summary>Reads the key ring at once: a service without it must not start.</summary>
    public static void AddEncryption(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new KeyRing(builder.Configuration));
        builder.Services.AddSingleton<EnvelopeEncryption>();
    }
}
