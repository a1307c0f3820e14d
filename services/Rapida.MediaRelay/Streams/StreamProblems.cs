using Rapida.ServiceDefaults.Problems;

namespace Rapida.MediaRelay.Streams;

internal static class StreamProblems
{
    public static Problem Full { get; } = new(ProblemKind.Unavailable, "relay_full", "This relay carries as many calls as it can.");

    /// <summary>One answer for all reasons: it tells nobody which part was right.</summary>
    public static Problem Forbidden { get; } = new(ProblemKind.Forbidden, "forbidden", "This stream is not allowed.");

    public static Problem NotAWebSocket { get; } = new(ProblemKind.Invalid, "websocket_expected", "This address takes WebSockets only.");
}
