using System.Diagnostics;
using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Sessions;
using Wire = Rapida.Conversations.V1;

namespace Rapida.MediaRelay.Journal;

/// <summary>Where the time of an answer went, told three times: stored with the turn, as a metric, and as a span of the call's trace.</summary>
internal static class WaterfallTelemetry
{
    public static Wire.Waterfall Tell(Waterfall waterfall, Question question)
    {
        var stages = new Wire.Waterfall
        {
            EndOfTurnMs = waterfall.Milliseconds(question, question.DecidedAt),
            TranscriptMs = waterfall.Milliseconds(question, question.UnderstoodAt),
        };
        if (waterfall.Since(question, WaterfallStage.FirstToken) is { } token)
            stages.FirstTokenMs = token;
        if (waterfall.Since(question, WaterfallStage.FirstAudio) is { } audio)
            stages.FirstAudioMs = audio;
        if (waterfall.Since(question, WaterfallStage.FirstSent) is { } sent)
            stages.FirstSentMs = sent;
        if (waterfall.Since(question, WaterfallStage.FirstConfirmed) is { } confirmed)
            stages.FirstConfirmedMs = confirmed;

        Measure(stages);
        Trace(stages, waterfall.TimeOf(question));
        return stages;
    }

    private static void Measure(Wire.Waterfall stages)
    {
        foreach (var (stage, milliseconds) in Reached(stages))
            RelayMetrics.AnswerStage.Record(milliseconds / 1_000.0, new KeyValuePair<string, object?>("stage", stage));
    }

    private static void Trace(Wire.Waterfall stages, DateTimeOffset voiceEnded)
    {
        using var span = RelayMetrics.Traces.StartActivity("answer", ActivityKind.Internal, Activity.Current?.Context ?? default, startTime: voiceEnded);
        if (span is null)
            return;

        var last = voiceEnded;
        foreach (var (stage, milliseconds) in Reached(stages))
        {
            var at = voiceEnded.AddMilliseconds(milliseconds);
            span.AddEvent(new ActivityEvent(stage, at));
            last = at > last ? at : last;
        }

        span.SetEndTime(last.UtcDateTime);
    }

    private static IEnumerable<(string Stage, int Milliseconds)> Reached(Wire.Waterfall stages)
    {
        yield return ("end_of_turn", stages.EndOfTurnMs);
        yield return ("transcript", stages.TranscriptMs);
        if (stages.HasFirstTokenMs)
            yield return ("first_token", stages.FirstTokenMs);
        if (stages.HasFirstAudioMs)
            yield return ("first_audio", stages.FirstAudioMs);
        if (stages.HasFirstSentMs)
            yield return ("first_sent", stages.FirstSentMs);
        if (stages.HasFirstConfirmedMs)
            yield return ("first_confirmed", stages.FirstConfirmedMs);
    }
}
