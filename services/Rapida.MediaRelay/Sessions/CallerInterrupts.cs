using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Settings;

namespace Rapida.MediaRelay.Sessions;

/// <summary>What is to be made of a voice while the assistant has the floor.</summary>
internal enum Interruption
{
    None,

    /// <summary>There is a voice: the assistant holds its breath.</summary>
    Suspected,

    /// <summary>The caller wants to be heard: stop.</summary>
    Confirmed,

    /// <summary>It was a cough, an "mm-hm" or a noise: the assistant goes on.</summary>
    Refused,
}

internal static class Interruptions
{
    /// <summary>As the journal spells it.</summary>
    public static string ToDecision(this Interruption interruption) => interruption switch
    {
        Interruption.Suspected => "interruption_suspected",
        Interruption.Confirmed => "interrupted",
        Interruption.Refused => "interruption_refused",
        _ => throw new ArgumentOutOfRangeException(nameof(interruption), interruption, null),
    };
}

/// <summary>
/// The caller interrupts, in two stages. Any voice makes the assistant hold its breath; words take the floor. A voice that falls silent without
/// words, or that goes on without a word being recognised, is none: the assistant goes on. What was refused may still take the floor with words.
/// </summary>
internal sealed class CallerInterrupts(TurnTakingOptions options)
{
    private readonly long _enough = options.Interruption.ToSamples();
    private readonly long _breath = options.RefusedAfterSilence.ToSamples();
    private readonly long _window = options.RefusedWithoutWords.ToSamples();
    private (Utterance? Utterance, AssistantTurn? Turn) _judged;
    private Interruption _verdict;

    /// <param name="speaking">What the caller is saying; null: nothing.</param>
    /// <param name="turn">What the assistant is saying, or is about to say.</param>
    /// <param name="words">What the recogniser makes of it so far.</param>
    /// <param name="position">The stream's, in samples.</param>
    /// <returns>What has changed.</returns>
    public Interruption Judge(Utterance? speaking, AssistantTurn? turn, string words, long position)
    {
        if (speaking is null || turn is not { IsInterruptible: true })
            return Interruption.None;
        if (_judged != (speaking, turn))
        {
            _judged = (speaking, turn);
            return _verdict = Interruption.Suspected;
        }

        var verdict = Weigh(speaking, turn, words, position);
        if (verdict is Interruption.None || verdict == _verdict)
            return Interruption.None;
        return _verdict = verdict;
    }

    /// <summary>Too little voice to believe words in it, while the assistant speaks.</summary>
    public bool IsTooShort(Utterance utterance) => utterance.Voiced < _enough;

    private Interruption Weigh(Utterance speaking, AssistantTurn turn, string words, long position)
    {
        if (_verdict is Interruption.Confirmed)
            return Interruption.None;
        if (!IsTooShort(speaking) && Backchannel.IsExceededBy(words) && !OwnWords.Are(words, turn.HeardText()))
            return Interruption.Confirmed;

        var isOver = position - speaking.VoicedUntil >= _breath;
        var isWordless = words.Length == 0 && position - speaking.BeganAt >= _window;
        return isOver || isWordless ? Interruption.Refused : Interruption.None;
    }
}
