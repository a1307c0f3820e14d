namespace Rapida.Deployments.Assistants;

internal static partial class AssistantsLog
{
    [LoggerMessage(1501, LogLevel.Information, "Assistant {AssistantId} was made")]
    public static partial void AssistantCreated(this ILogger logger, AssistantId assistantId);

    [LoggerMessage(1502, LogLevel.Information, "Assistant {AssistantId} is live with version {Version}")]
    public static partial void VersionCreated(this ILogger logger, AssistantId assistantId, int version);

    [LoggerMessage(1503, LogLevel.Information, "The headers of {Count} versions have been moved to Vault")]
    public static partial void HeadersMoved(this ILogger logger, int count);

    [LoggerMessage(1504, LogLevel.Warning, "The headers of some versions are still in clear, and will be tried again: {Reason}")]
    public static partial void HeadersNotMoved(this ILogger logger, string reason);

    [LoggerMessage(1505, LogLevel.Warning, "Vault refuses the headers of version {Version} of assistant {AssistantId}: {Reason}")]
    public static partial void HeadersRefused(this ILogger logger, AssistantId assistantId, int version, string reason);
}
