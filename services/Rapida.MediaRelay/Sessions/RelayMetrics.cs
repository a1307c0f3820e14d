using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Rapida.MediaRelay.Sessions;

/// <summary>What a relay tells about itself: few numbers, without ids.</summary>
internal static class RelayMetrics
{
    public const string Name = "Rapida.MediaRelay";

    private static readonly Meter Meter = new(Name);

    public static ActivitySource Traces { get; } = new(Name);

    public static UpDownCounter<int> Streams { get; } = Meter.CreateUpDownCounter<int>("rapida.media.streams", description: "Streams carried now");

    public static Counter<int> Refused { get; } = Meter.CreateCounter<int>("rapida.media.refused", description: "Streams refused, by reason");

    public static Counter<int> Ended { get; } = Meter.CreateCounter<int>("rapida.media.ended", description: "Sessions that are over, by reason");

    public static Counter<int> Interruptions { get; } = Meter.CreateCounter<int>("rapida.media.interruptions", description: "Turns that callers cut off");

    public static Histogram<double> TurnGap { get; } = Meter.CreateHistogram<double>(
        "rapida.media.turn_gap", "s", "From the end of the caller's voice to the assistant's, at the caller's end of the stream");

    public static Histogram<double> AnswerStage { get; } = Meter.CreateHistogram<double>(
        "rapida.media.answer.stage", "s", "From the end of the caller's voice to each stage of the answer, by stage");

    public static Counter<int> UnreadMessages { get; } = Meter.CreateCounter<int>(
        "rapida.media.unread_messages", description: "Messages of the carrier that could not be read");

    public static Counter<double> MissingAudio { get; } = Meter.CreateCounter<double>(
        "rapida.media.missing_audio", "s", "The caller's audio that did not come, by the carrier's timestamps");

    public static UpDownCounter<long> Unstored { get; } = Meter.CreateUpDownCounter<long>(
        "rapida.media.journal.unstored", "By", "Journal entries that are not stored yet");

    public static Counter<int> LostAudio { get; } = Meter.CreateCounter<int>(
        "rapida.media.journal.lost_segments", description: "Segments that were not recorded because too much is not stored yet");
}
