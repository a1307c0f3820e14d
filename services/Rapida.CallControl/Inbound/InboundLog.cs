namespace Rapida.CallControl.Inbound;

internal static partial class InboundLog
{
    [LoggerMessage(2101, LogLevel.Debug, "Not warm yet: {Reason}")]
    public static partial void StillCold(this ILogger logger, string reason);
}
