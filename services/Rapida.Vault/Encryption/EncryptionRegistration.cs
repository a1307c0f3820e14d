namespace Rapida.Vault.Encryption;

internal static class EncryptionRegistration
{
    /// <summary>Reads the key ring at once: a service without it must not start.</summary>
    public static void AddEncryption(this IHostApplicationBuilder builder)
    {
        builder.AddKeys(new KeyRing(builder.Configuration));
        builder.Services.AddSingleton<EnvelopeEncryption>();
        builder.Services.AddHostedService<ReloadKeys>();
    }

    /// <summary>Keys that may be changed while the service runs.</summary>
    public static void AddKeys<T>(this IHostApplicationBuilder builder, T keys)
        where T : KeySet
    {
        builder.Services.AddSingleton(keys);
        builder.Services.AddSingleton<KeySet>(keys);
    }
}
