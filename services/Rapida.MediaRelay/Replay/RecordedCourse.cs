using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Sessions;
using Rapida.MediaRelay.Settings;
using Kind = Rapida.Conversations.V1.SessionInput.InputOneofCase;
using Wire = Rapida.Conversations.V1;

namespace Rapida.MediaRelay.Replay;

/// <summary>An input of the record.</summary>
/// <param name="Input">What came.</param>
/// <param name="Index">Its place among all of them: what comes at once comes in this order.</param>
/// <param name="After">Samples since what it follows from; the caller's own: since the stream began.</param>
internal readonly record struct TimedInput(Wire.SessionInput Input, int Index, long After);

/// <summary>What the recogniser made of an utterance.</summary>
internal readonly record struct RecordedWords(Utterance Utterance, TimedInput Final);

/// <summary>A recorded call, taken apart into what came from the caller, and what followed from each turn of the assistant's.</summary>
internal sealed class RecordedCourse
{
    private readonly Dictionary<int, long> _turnBegan = [];
    private readonly Dictionary<int, long> _utteranceEnded = [];
    private readonly Dictionary<Wire.PlayoutMark, int> _turnOfMark = [];
    private int _turnSent;
    private int _index;

    private RecordedCourse()
    {
    }

    /// <summary>Each 20 ms of the caller.</summary>
    public List<Perception> Heard { get; } = [];

    /// <summary>What waits for nobody: keys, and the stream's end.</summary>
    public Queue<TimedInput> Caller { get; } = [];

    /// <summary>By the turn's number, in order.</summary>
    public Dictionary<int, Queue<TimedInput>> Assistant { get; } = [];

    public List<RecordedWords> Words { get; } = [];

    /// <summary>What was decided.</summary>
    public Replayed Replayed { get; private set; } = new([], [], default);

    public static async Task<RecordedCourse> OfAsync(RecordedAttempt attempt)
    {
        var course = new RecordedCourse();
        await using var session = new ReplayedSession(DecisionSettings.Parse(attempt.SettingsJson, new Dictionary<string, string>()));
        session.OnTurn = turn => course._turnBegan[turn.Number] = session.Position;
        session.Ears.OnFinished = utterance => course._utteranceEnded[utterance.Number] = session.Position;
        ReplayCall.Run(attempt, session, input => course.Note(input, session));
        course.Replayed = Replayed.Of(session);
        return course;
    }

    private void Note(Wire.SessionInput input, ReplayedSession session)
    {
        _index++;
        switch (input.InputCase)
        {
            case Kind.Heard:
                for (var i = 0; i < input.Heard.Count; i++)
                    Heard.Add(session.Ears.Next with { IsVoice = (input.Heard.Voiced >> i & 1) == 1 });
                break;
            case Kind.Key or Kind.StreamEnded:
                Caller.Enqueue(new(input, _index, session.Position));
                break;
            case Kind.Words when session.Ears.Finished(input.Words.Utterance) is { } utterance:
                Words.Add(new(utterance, new(input, _index, session.Position - _utteranceEnded[utterance.Number])));
                break;
            default:
                if (_turnBegan.TryGetValue(TurnOf(input), out var began))
                {
                    if (!Assistant.TryGetValue(TurnOf(input), out var course))
                        Assistant.Add(TurnOf(input), course = new());
                    course.Enqueue(new(input, _index, session.Position - began));
                }

                break;
        }
    }

    // Clears follow from decisions, and are made anew.
    private int TurnOf(Wire.SessionInput input) => input.InputCase switch
    {
        Kind.SentenceBegan => input.SentenceBegan.Turn,
        Kind.SentenceGrew => input.SentenceGrew.Turn,
        Kind.SentenceEnded => input.SentenceEnded.Turn,
        Kind.TurnPlanned => input.TurnPlanned,
        Kind.Token => input.Token.Turn,
        Kind.ToolsCalled => input.ToolsCalled.Turn,
        Kind.ToolsAnswered => input.ToolsAnswered.Turn,
        Kind.ProviderFailed => input.ProviderFailed,
        Kind.Sent => _turnSent = input.Sent.Turn,
        Kind.Marked => _turnOfMark[input.Marked.Mark] = input.Marked.EndedTurn > 0 ? input.Marked.EndedTurn : _turnSent,
        Kind.Returned => _turnOfMark.GetValueOrDefault(input.Returned),
        _ => 0,
    };
}
