namespace Rapida.CallControl.Media;

internal static partial class MediaLog
{
    [LoggerMessage(2201, LogLevel.Information, "{Count} media contexts of older versions, whose calls are over, hold no headers any more")]
    public static partial void HeadersWiped(this ILogger logger, int count);

    [LoggerMessage(2202, LogLevel.Warning, "Media contexts of older versions were not wiped, and will be tried again: {Reason}")]
    public static partial void HeadersNotWiped(this ILogger logger, string reason);
}
