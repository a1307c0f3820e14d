using Rapida.Vault.Encryption.AwsKms;

namespace Rapida.Vault.Encryption;

/// <summary>Ring keys that are configured as a key management service has wrapped them: unwrapped once, at the start, and kept in memory only.</summary>
internal static class UnwrapKeys
{
    private const string Wrapped = $"{KeyRing.Section}:WrappedKeys";

    /// <exception cref="InvalidOperationException">A key was not unwrapped; the message says which, and why.</exception>
    public static async Task UnwrapKeysAsync(this IHostApplicationBuilder builder, CancellationToken cancellationToken)
    {
        if (!builder.Configuration.GetSection(Wrapped).GetChildren().Any())
            return;

        using var aws = new AwsKeyService(builder.Configuration.GetSection($"{KeyRing.Section}:AwsKms"));
        await builder.UnwrapKeysAsync(aws, cancellationToken);
    }

    /// <summary>The same, by a service of which this one knows no more than that.</summary>
    internal static async Task UnwrapKeysAsync(this IHostApplicationBuilder builder, IKeyService service, CancellationToken cancellationToken)
    {
        var keys = new Dictionary<string, string?>();
        foreach (var setting in builder.Configuration.GetSection(Wrapped).GetChildren())
            keys[$"{KeyRing.Section}:Keys:{setting.Key}"] = Convert.ToBase64String(await UnwrapAsync(service, setting, cancellationToken));
        builder.Configuration.AddInMemoryCollection(keys);
    }

    internal static async Task<byte[]> UnwrapAsync(IKeyService service, IConfigurationSection setting, CancellationToken cancellationToken)
    {
        var blob = new byte[(setting.Value ?? "").Length];
        if (!Convert.TryFromBase64String(setting.Value ?? "", blob, out var size) || size == 0)
            throw new InvalidOperationException($"{setting.Path} is no wrapped key: set it to the CiphertextBlob of the key, in base64.");

        try
        {
            return await service.UnwrapAsync(setting.Key, blob[..size], cancellationToken);
        }
        catch (KeyServiceException exception)
        {
            throw new InvalidOperationException(
                $"{setting.Path} was not unwrapped: {exception.Message}. Vault needs kms:Decrypt on the key that wrapped it, with the encryption " +
                $"context rapida=vault-key-ring,key_id={setting.Key}.", exception);
        }
    }
}
