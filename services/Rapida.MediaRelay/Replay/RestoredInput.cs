using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Sessions;
using Rapida.MediaRelay.Tools;
using Rapida.Speech;
using Kind = Rapida.Conversations.V1.SessionInput.InputOneofCase;
using Wire = Rapida.Conversations.V1;

namespace Rapida.MediaRelay.Replay;

/// <summary>Inputs of a journal as a session takes them.</summary>
internal static class RestoredInput
{
    /// <returns>Null when it belongs to a turn or an utterance that this session has not had: then it decides nothing.</returns>
    public static SessionInput? Of(Wire.SessionInput input, ReplayedSession session) => input.InputCase switch
    {
        Kind.Returned => new() { Kind = InputKind.Returned, Mark = MarkOf(input.Returned) },
        Kind.Cleared => new() { Kind = InputKind.Cleared, Mark = MarkOf(input.Cleared) },
        Kind.Marked => new()
        {
            Kind = InputKind.Marked, Mark = MarkOf(input.Marked.Mark), Frame = { Turn = session.Turn(input.Marked.EndedTurn)! },
        },
        _ => EventOf(input, session) is { } happened ? new() { Kind = InputKind.Event, Event = happened } : null,
    };

    /// <summary>The frames of a run.</summary>
    public static IEnumerable<SessionInput> Frames(Wire.SentFrames sent, ReplayedSession session)
    {
        if (SentenceOf(sent.Turn, sent.Sentence, session) is not { } sentence)
            yield break;
        for (var i = 0; i < sent.Count; i++)
        {
            var frame = new SpeechFrame { Sentence = sentence, Turn = sentence.Turn, IsAudible = (sent.Audible >> i & 1) == 1, IsRepeat = sent.Repeated };
            yield return new() { Kind = InputKind.Sent, Frame = frame };
        }
    }

    private static Mark MarkOf(Wire.PlayoutMark mark) => new(mark.Generation, mark.Number);

    private static Sentence? SentenceOf(int turnNumber, int number, ReplayedSession session) => session.Turn(turnNumber) switch
    {
        null => null,
        var turn when number == 0 => turn.Pause,
        var turn => number <= turn.Sentences.Count ? turn.Sentences[number - 1] : null,
    };

    private static SessionEvent? EventOf(Wire.SessionInput input, ReplayedSession session) => input.InputCase switch
    {
        Kind.Key => new SessionEvent.KeyPressed(input.Key[0]),
        Kind.Words => session.Ears.Finished(input.Words.Utterance) is { } utterance ? new SessionEvent.WordsHeard(utterance, input.Words.Words) : null,
        Kind.SentenceBegan => session.Turn(input.SentenceBegan.Turn) is { } turn
            ? new SessionEvent.SentenceBegan(new Sentence(turn, input.SentenceBegan.Text))
            : null,
        Kind.SentenceGrew => SentenceOf(input.SentenceGrew.Turn, input.SentenceGrew.Sentence, session) is { } sentence
            ? new SessionEvent.SentenceGrew(sentence, input.SentenceGrew.Samples)
            : null,
        Kind.SentenceEnded => SentenceOf(input.SentenceEnded.Turn, input.SentenceEnded.Sentence, session) is { } sentence
            ? new SessionEvent.SentenceEnded(sentence)
            : null,
        Kind.TurnPlanned => session.Turn(input.TurnPlanned) is { } turn ? new SessionEvent.TurnPlanned(turn) : null,
        Kind.Token => session.Turn(input.Token.Turn) is { } turn ? new SessionEvent.TokenCame(turn, TokenOf(input.Token)) : null,
        Kind.ToolsCalled => session.Turn(input.ToolsCalled.Turn) is { } turn
            ? new SessionEvent.ToolsCalled(turn, input.ToolsCalled.Said, [.. input.ToolsCalled.Calls.Select(CallOf)])
            : null,
        Kind.ToolsAnswered => session.Turn(input.ToolsAnswered.Turn) is { } turn
            ? new SessionEvent.ToolsAnswered(turn, [.. input.ToolsAnswered.Results.Select(ResultOf)])
            : null,
        Kind.ProviderFailed => input.ProviderFailed == 0 || session.Turn(input.ProviderFailed) is not null
            ? new SessionEvent.ProviderFailed(session.Turn(input.ProviderFailed), new SpeechProviderException("As it was recorded."))
            : null,
        Kind.StreamEnded => new SessionEvent.StreamEnded(EndReasons.Parse(input.StreamEnded)),
        // Of a newer relay.
        _ => null,
    };

    private static LanguageModelToken TokenOf(Wire.ModelToken token) => token.HasHint
        ? new LanguageModelToken.Expecting((RecognitionHint)token.Hint, token.HasKeys ? token.Keys : null)
        : new LanguageModelToken.Collected(token.Collected.ToDictionary());

    private static LanguageModelToken.ToolCall CallOf(Wire.ToolStarted call) => new(call.Id, call.Name, call.ArgumentsJson);

    private static ToolResult ResultOf(Wire.ToolResult result) =>
        new(result.Succeeded, result.Text, result.Departure.Length > 0 ? new Departure(EndReasons.Parse(result.Departure), result.Target) : null);
}
