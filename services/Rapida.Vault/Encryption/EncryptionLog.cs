namespace Rapida.Vault.Encryption;

internal static partial class EncryptionLog
{
    [LoggerMessage(1201, LogLevel.Warning, "Changed keys were not taken up; the old ones stay: {Reason}")]
    public static partial void KeysNotTakenUp(this ILogger logger, string reason);

    [LoggerMessage(1202, LogLevel.Information, "{Section} changed: {KeyId} is the active key now")]
    public static partial void KeyActivated(this ILogger logger, string section, string keyId);
}
