using Grpc.Core;

namespace Rapida.MediaRelay.Journal;

internal static partial class JournalLog
{
    [LoggerMessage(3030, LogLevel.Warning, "The journal's stream to Recording broke: {Status}")]
    public static partial void StreamBroke(this ILogger logger, StatusCode status);

    [LoggerMessage(3031, LogLevel.Information, "Recording ended the journal's stream")]
    public static partial void StreamEnded(this ILogger logger);

    [LoggerMessage(3032, LogLevel.Error, "Recording has not stored all of the journal, and this relay stops")]
    public static partial void EntriesLost(this ILogger logger);
}
