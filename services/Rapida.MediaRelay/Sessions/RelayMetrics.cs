using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Rapida.MediaRelay.Sessions;

/// <summary>What a relay tells about itself: few numbers, without ids.</summary>
internal static class RelayMetrics
{
    public const string Name = "Rapida.MediaRelay";

    private static readonly Meter Meter = new(Name);

    // Seconds, from what nobody hears to what everybody does.
    private static readonly InstrumentAdvice<double> Delays = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5],
    };

    public static ActivitySource Traces { get; } = new(Name);

    public static UpDownCounter<int> Streams { get; } = Meter.CreateUpDownCounter<int>("rapida.media.streams", description: "Streams carried now");

    public static Counter<int> Refused { get; } = Meter.CreateCounter<int>("rapida.media.refused", description: "Streams refused, by reason");

    public static Counter<int> Ended { get; } = Meter.CreateCounter<int>("rapida.media.ended", description: "Sessions that are over, by reason");

    public static Counter<int> Interruptions { get; } = Meter.CreateCounter<int>("rapida.media.interruptions", description: "Turns that callers cut off");

    public static Histogram<double> TurnGap { get; } = Meter.CreateHistogram<double>(
        "rapida.media.turn_gap", "s", "From the end of the caller's voice to the assistant's, at the caller's end of the stream");

    public static Histogram<double> AnswerStage { get; } = Meter.CreateHistogram<double>(
        "rapida.media.answer.stage", "s", "From the end of the caller's voice to each stage of the answer, by stage");

    public static Histogram<double> PacerLateness { get; } = Meter.CreateHistogram(
        "rapida.media.pacer.lateness", "s", "How much later than planned speech was sent: 0.1 is heard", advice: Delays);

    public static Histogram<double> ClearDelay { get; } = Meter.CreateHistogram(
        "rapida.media.clear.delay", "s", "From the decision to stop the assistant until the carrier was told", advice: Delays);

    public static Counter<int> UnreadMessages { get; } = Meter.CreateCounter<int>(
        "rapida.media.unread_messages", description: "Messages of the carrier that could not be read, by reason");

    public static Counter<long> MissingMessages { get; } = Meter.CreateCounter<long>(
        "rapida.media.missing_messages", description: "Messages of the carrier that did not come, by its count");

    public static Counter<double> MissingAudio { get; } = Meter.CreateCounter<double>(
        "rapida.media.missing_audio", "s", "The caller's audio that did not come, by the carrier's timestamps");

    public static UpDownCounter<long> Unstored { get; } = Meter.CreateUpDownCounter<long>(
        "rapida.media.journal.unstored", "By", "Journal entries that are not stored yet");

    public static Counter<int> LostAudio { get; } = Meter.CreateCounter<int>(
        "rapida.media.journal.lost_segments", description: "Segments that were not recorded because too much is not stored yet");
}
