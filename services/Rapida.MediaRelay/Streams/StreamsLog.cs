using Grpc.Core;

namespace Rapida.MediaRelay.Streams;

internal static partial class StreamsLog
{
    [LoggerMessage(3000, LogLevel.Warning, "A stream did not start in time")]
    public static partial void StreamDidNotStart(this ILogger logger);

    [LoggerMessage(3001, LogLevel.Warning, "CallControl refused a stream's claim: {Status}")]
    public static partial void ClaimRefused(this ILogger logger, StatusCode status);

    [LoggerMessage(3002, LogLevel.Warning, "Call {CallId}: stream {Attempt} goes on with {Turns} turns, and not with all ({Reason})")]
    public static partial void RecalledInPart(this ILogger logger, string callId, int attempt, int turns, StatusCode reason);
}
