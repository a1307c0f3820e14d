namespace Rapida.MediaRelay.Tools;

internal static partial class ToolsLog
{
    [LoggerMessage(3040, LogLevel.Warning, "Call {CallId}: Vault does not give the headers of a tool, which is not called ({Reason})")]
    public static partial void HeadersNotRevealed(this ILogger logger, string callId, string reason);
}
