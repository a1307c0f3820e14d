using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Sessions;
using Wire = Rapida.Conversations.V1;

namespace Rapida.MediaRelay.Journal;

internal enum NotedKind : byte
{
    Settings,
    Words,
    Heard,
    Returned,
    Sent,
    Marked,
    Cleared,
    Event,
}

/// <summary>An input, or a run of frames, until it is sent.</summary>
internal struct NotedInput
{
    public NotedKind Kind;
    public bool IsRepeat;
    public int Count;
    public ulong Bits;
    public Mark Mark;
    public AssistantTurn? Turn;
    public Sentence? Sentence;
    public SessionEvent? Event;
    public string? Text;

    public readonly Wire.SessionInput ToWire() => Kind switch
    {
        NotedKind.Settings => new() { SettingsJson = Text },
        NotedKind.Words => new() { PartialWords = Text },
        NotedKind.Heard => new() { Heard = new() { Count = Count, Voiced = Bits } },
        NotedKind.Returned => new() { Returned = ToWire(Mark) },
        NotedKind.Sent => new()
        {
            Sent = new() { Turn = Sentence!.Turn.Number, Sentence = Sentence.Number, Count = Count, Audible = Bits, Repeated = IsRepeat },
        },
        NotedKind.Marked => new() { Marked = new() { Mark = ToWire(Mark), EndedTurn = Turn?.Number ?? 0 } },
        NotedKind.Cleared => new() { Cleared = ToWire(Mark) },
        _ => ToWire(Event!),
    };

    private static Wire.PlayoutMark ToWire(Mark mark) => new() { Generation = mark.Generation, Number = mark.Number };

    private static Wire.SessionInput ToWire(SessionEvent happened) => happened switch
    {
        SessionEvent.KeyPressed pressed => new() { Key = pressed.Key.ToString() },
        SessionEvent.WordsHeard heard => new() { Words = new() { Utterance = heard.Utterance.Number, Words = heard.Words } },
        SessionEvent.SentenceBegan began => new() { SentenceBegan = new() { Turn = began.Sentence.Turn.Number, Text = began.Sentence.Text } },
        SessionEvent.SentenceGrew grew => new() { SentenceGrew = ToWire(grew.Sentence, grew.Samples) },
        SessionEvent.SentenceEnded ended => new() { SentenceEnded = ToWire(ended.Sentence, samples: 0) },
        SessionEvent.TurnPlanned planned => new() { TurnPlanned = planned.Turn.Number },
        SessionEvent.TokenCame came => new() { Token = ToWire(came) },
        SessionEvent.ToolsCalled called => new() { ToolsCalled = ToWire(called) },
        SessionEvent.ToolsAnswered answered => new() { ToolsAnswered = ToWire(answered) },
        SessionEvent.ProviderFailed failed => new() { ProviderFailed = failed.Turn?.Number ?? 0 },
        SessionEvent.StreamEnded ended => new() { StreamEnded = ended.Reason.ToWire() },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, null),
    };

    private static Wire.SentenceAudio ToWire(Sentence sentence, int samples) =>
        new() { Turn = sentence.Turn.Number, Sentence = sentence.Number, Samples = samples };

    private static Wire.ModelToken ToWire(SessionEvent.TokenCame came)
    {
        var token = new Wire.ModelToken { Turn = came.Turn.Number };
        if (came.Token is Speech.LanguageModelToken.Collected { Slots: var slots })
            token.Collected.Add(slots.ToDictionary());
        if (came.Token is Speech.LanguageModelToken.Expecting { Hint: var hint, Keys: var keys })
        {
            token.Hint = (int)hint;
            if (keys is { } count)
                token.Keys = count;
        }

        return token;
    }

    private static Wire.ToolCalls ToWire(SessionEvent.ToolsCalled called)
    {
        var calls = new Wire.ToolCalls { Turn = called.Turn.Number, Said = called.Said };
        calls.Calls.Add(called.Calls.Select(call => new Wire.ToolStarted { Id = call.Id, Name = call.Name, ArgumentsJson = call.ArgumentsJson }));
        return calls;
    }

    private static Wire.ToolResults ToWire(SessionEvent.ToolsAnswered answered)
    {
        var results = new Wire.ToolResults { Turn = answered.Turn.Number };
        results.Results.Add(answered.Results.Select(result => new Wire.ToolResult
        {
            Succeeded = result.Succeeded,
            Text = result.Text,
            Departure = result.Departure?.Reason.ToWire() ?? "",
            Target = result.Departure?.Target ?? "",
        }));
        return results;
    }
}
