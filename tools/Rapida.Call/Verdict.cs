using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rapida.Call;

/// <summary>What became of the call, as the last line of <c>make call</c>.</summary>
internal sealed record Verdict
{
    // A caller who never spoke is no failure of the system, and no success either.
    private const int NobodySpoke = 3;
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal sealed record Exchange(string Caller, string Assistant, int? GapMs);

    public required bool Answered { get; init; }

    public required IReadOnlyList<Exchange> Turns { get; init; }

    /// <summary>Null when the recording has no sidecar.</summary>
    public required bool? Understood { get; init; }

    public required IReadOnlyDictionary<string, string> Collected { get; init; }

    public required string? EndedBy { get; init; }

    public required string? HeardWav { get; init; }

    public required string? CallerWav { get; init; }

    public required string? RecordingWav { get; init; }

    public required string? TraceId { get; init; }

    public required IReadOnlyList<EmulatedCall.Warning> Warnings { get; init; }

    [JsonIgnore] public bool CallerSpoke { get; init; }

    [JsonIgnore]
    public int ExitCode => !CallerSpoke ? NobodySpoke : Answered && Understood is not false && RecordingWav is not null ? 0 : 1;

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static Verdict Of(CallerRecording recording, EmulatedCall.Report report, Conversation.Finished conversation)
    {
        var collected = conversation.View?.Collected ?? new Dictionary<string, string>();
        return new()
        {
            Answered = report.Answered,
            Turns = Exchanges(conversation.View?.Turns ?? [], report),
            Understood = recording.Expected?.All(value => collected.GetValueOrDefault(value.Key) == value.Value),
            Collected = collected,
            EndedBy = conversation.View?.EndedBy,
            HeardWav = report.HeardWav,
            CallerWav = report.CallerWav,
            RecordingWav = conversation.RecordingWav,
            TraceId = conversation.View?.TraceId,
            Warnings = report.Warnings,
            CallerSpoke = report.CallerUtterances.Count > 0,
        };
    }

    // What the caller said with what came back. What the assistant says first, or unasked, has no caller.
    private static List<Exchange> Exchanges(IReadOnlyList<Conversation.Turn> turns, EmulatedCall.Report report)
    {
        var exchanges = new List<Exchange>();
        foreach (var turn in turns)
        {
            if (turn.Speaker == "caller")
                exchanges.Add(new(turn.Text, "", GapAfter(turn, report)));
            else if (exchanges is [.., { Assistant: "" } last])
                exchanges[^1] = last with { Assistant = turn.Text };
            else
                exchanges.Add(new("", turn.Text, GapMs: null));
        }

        return exchanges;
    }

    // Measured on the line and not by the system: the utterance of the caller that ends nearest to the turn's end.
    private static int? GapAfter(Conversation.Turn turn, EmulatedCall.Report report)
    {
        var opened = report.Streams is [var first, ..] ? first.StartedMs ?? 0 : 0;
        return report.CallerUtterances
            .Where(utterance => utterance.EndMs is not null)
            .MinBy(utterance => Math.Abs(utterance.EndMs!.Value - opened - turn.EndMs))?.GapMs;
    }
}
