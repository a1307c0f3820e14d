namespace Rapida.Vault.ApiKeys;

internal static partial class ApiKeysLog
{
    [LoggerMessage(1101, LogLevel.Information, "API key {ApiKeyId} was made")]
    public static partial void ApiKeyCreated(this ILogger logger, Guid apiKeyId);

    [LoggerMessage(1102, LogLevel.Information, "API key {ApiKeyId} was revoked")]
    public static partial void ApiKeyRevoked(this ILogger logger, Guid apiKeyId);

    [LoggerMessage(1103, LogLevel.Warning, "When keys were last used was not written down: {Reason}")]
    public static partial void UsesNotWritten(this ILogger logger, string reason);
}
