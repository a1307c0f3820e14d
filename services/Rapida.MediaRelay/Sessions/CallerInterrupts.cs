using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Settings;

namespace Rapida.MediaRelay.Sessions;

/// <summary>What is to be made of a voice while the assistant has the floor.</summary>
internal enum Interruption
{
    None,

    /// <summary>There is a voice: it may become an interruption.</summary>
    Suspected,

    /// <summary>The caller wants to be heard: stop.</summary>
    Confirmed,
}

/// <summary>
/// The caller interrupts: enough voice while the assistant speaks, or is about to, takes the floor. A cough or a short "mm-hm" does not. One stage for
/// now: a suspicion changes nothing yet.
/// </summary>
internal sealed class CallerInterrupts(TurnTakingOptions options)
{
    private readonly long _enough = options.Interruption.ToSamples();
    private Utterance? _suspected;

    /// <param name="speaking">What the caller is saying.</param>
    /// <param name="turn">What the assistant is saying, or is about to say.</param>
    public Interruption Judge(Utterance? speaking, AssistantTurn? turn)
    {
        if (speaking is null || turn is not { IsInterruptible: true })
            return Interruption.None;
        if (speaking.Voiced >= _enough)
            return Interruption.Confirmed;
        if (ReferenceEquals(_suspected, speaking))
            return Interruption.None;

        _suspected = speaking;
        return Interruption.Suspected;
    }
}
