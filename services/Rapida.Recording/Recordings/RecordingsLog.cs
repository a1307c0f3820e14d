namespace Rapida.Recording.Recordings;

internal static partial class RecordingsLog
{
    [LoggerMessage(4101, LogLevel.Information, "Recording {RecordingId} of conversation {ConversationId} is ready")]
    public static partial void RecordingReady(this ILogger logger, Guid recordingId, Guid conversationId);

    [LoggerMessage(4102, LogLevel.Error, "A recording could not be made; it is tried again in a minute")]
    public static partial void RecordingNotMade(this ILogger logger, Exception exception);
}
