using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Rapida.MediaRelay.Playout;
using Wire = Rapida.Conversations.V1;

namespace Rapida.MediaRelay.Replay;

/// <summary>A call's journal cannot be replayed. The message says why.</summary>
internal sealed class ReplayException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Something that a session decided, as far as it can be compared.</summary>
/// <param name="At">Samples since the stream began; null: it does not say.</param>
/// <param name="What">For example <c>end_of_turn voiced_ms=820</c>.</param>
internal readonly record struct Outcome(long? At, string What)
{
    public static Outcome? Of(Wire.JournalEntry entry) => entry.EntryCase switch
    {
        Wire.JournalEntry.EntryOneofCase.Decision => new(entry.Decision.AtSample, $"{entry.Decision.Kind} {Detail(entry.Decision.DetailJson)}".TrimEnd()),
        Wire.JournalEntry.EntryOneofCase.ToolStarted => new(null, $"tool_started {entry.ToolStarted.Name} {entry.ToolStarted.ArgumentsJson}"),
        Wire.JournalEntry.EntryOneofCase.ToolFinished => new(null, $"tool_finished {(entry.ToolFinished.Succeeded ? "ok" : "failed")}"),
        _ => null,
    };

    public static Outcome Of(Wire.Turn turn) => Said(turn.Speaker is Wire.Speaker.Caller ? "caller" : "assistant", turn.Text, turn.Interrupted);

    public static Outcome Said(string speaker, string text, bool isInterrupted) => new(null, $"{speaker}: {text}{(isInterrupted ? " —" : "")}");

    // "0:03.420  end_of_turn voiced_ms=820"
    public override string ToString() =>
        (At is { } at ? StreamTime.ToTime(at).ToString(@"m\:ss\.fff", CultureInfo.InvariantCulture) : "").PadLeft(9) + "  " + What;

    private static string Detail(string json) => json.Length == 0
        ? ""
        : string.Join(' ', JsonElement.Parse(json).EnumerateObject().Select(value => $"{value.Name}={value.Value}"));
}

/// <summary>One stream of a call, as it was recorded.</summary>
/// <param name="Number">The attempt, from 1.</param>
/// <param name="SettingsJson">What was decided with.</param>
/// <param name="Inputs">What was decided from, without the settings.</param>
/// <param name="Decisions">What was decided.</param>
/// <param name="Turns">What was said and heard.</param>
internal sealed record RecordedAttempt(
    int Number, string SettingsJson, IReadOnlyList<Wire.SessionInput> Inputs, IReadOnlyList<Outcome> Decisions, IReadOnlyList<Outcome> Turns);

/// <summary>Reads <c>{"journal": […], "turns": […]}</c>, as the API gives both for a conversation.</summary>
internal static class RecordedCall
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly JsonParser Messages = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    private sealed record CallFile(IReadOnlyList<Entry>? Journal, IReadOnlyList<Turn>? Turns);

    private sealed record Entry(int Attempt, string Kind, JsonElement Body);

    private sealed record Turn(int Attempt, string Speaker, string Text, bool Interrupted);

    /// <exception cref="ReplayException">The file is something else, or what it holds is not enough.</exception>
    public static IReadOnlyList<RecordedAttempt> Parse(Stream file)
    {
        try
        {
            var call = JsonSerializer.Deserialize<CallFile>(file, Json);
            var attempts = (call?.Journal ?? []).GroupBy(entry => entry.Attempt).Select(entries => Attempt(entries.Key, [.. entries], call!.Turns ?? [])).ToList();
            return attempts.Count > 0 ? attempts : throw new ReplayException("Nothing was journalled for this call: no stream of it came to a relay, or it is not stored yet.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidProtocolBufferException)
        {
            throw new ReplayException("This is no journal of a call.", exception);
        }
    }

    private static RecordedAttempt Attempt(int number, IReadOnlyList<Entry> entries, IReadOnlyList<Turn> turns)
    {
        var inputs = new List<Wire.SessionInput>();
        foreach (var batch in entries.Where(entry => entry.Kind == "inputs").Select(entry => Messages.Parse<Wire.SessionInputs>(entry.Body.GetRawText())))
        {
            if (batch.First != inputs.Count)
                throw new ReplayException($"Attempt {number}: inputs {inputs.Count} to {batch.First - 1} are missing in the journal.");
            inputs.AddRange(batch.Inputs);
        }

        if (inputs is not [{ SettingsJson: { Length: > 0 } settings }, ..])
            throw new ReplayException($"Attempt {number}: the relay that carried it did not journal what it decided from.");
        return new(
            number, settings, inputs[1..], [.. entries.Select(Read).OfType<Outcome>()],
            [.. turns.Where(turn => turn.Attempt == number).Select(turn => Outcome.Said(turn.Speaker, turn.Text, turn.Interrupted))]);
    }

    private static Outcome? Read(Entry entry)
    {
        var body = entry.Body.GetRawText();
        return Outcome.Of(entry.Kind switch
        {
            "decision" => new() { Decision = Messages.Parse<Wire.Decision>(body) },
            "tool_started" => new() { ToolStarted = Messages.Parse<Wire.ToolStarted>(body) },
            "tool_finished" => new() { ToolFinished = Messages.Parse<Wire.ToolFinished>(body) },
            _ => new Wire.JournalEntry(),
        });
    }
}
