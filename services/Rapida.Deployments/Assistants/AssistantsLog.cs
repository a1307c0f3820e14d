namespace Rapida.Deployments.Assistants;

internal static partial class AssistantsLog
{
    [LoggerMessage(1501, LogLevel.Information, "Assistant {AssistantId} was made")]
    public static partial void AssistantCreated(this ILogger logger, AssistantId assistantId);

    [LoggerMessage(1502, LogLevel.Information, "Assistant {AssistantId} is live with version {Version}")]
    public static partial void VersionCreated(this ILogger logger, AssistantId assistantId, int version);
}
