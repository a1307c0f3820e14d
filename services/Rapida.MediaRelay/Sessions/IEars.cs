using Rapida.MediaRelay.Playout;
using Rapida.Speech;

namespace Rapida.MediaRelay.Sessions;

/// <summary>What was made of 20 ms of the caller.</summary>
/// <param name="IsVoice">They are voice.</param>
/// <param name="Words">What the caller seems to have said so far in this utterance; empty: nothing.</param>
internal readonly record struct Perception(bool IsVoice, string Words);

/// <summary>Listens to one caller.</summary>
internal interface IEars
{
    /// <summary>Hears 20 ms.</summary>
    /// <param name="mulaw">A frame of the caller's.</param>
    /// <param name="ledger">Knows what the caller hears of us, which may come back as an echo.</param>
    Perception Hear(ReadOnlySpan<byte> mulaw, PlayoutLedger ledger);

    /// <summary>The caller has begun to speak.</summary>
    void Begin(RecognitionHint hint);

    /// <summary>The caller has finished: the words come by post.</summary>
    void Finish(Utterance utterance, CancellationToken cancellationToken);

    /// <summary>It was no speech.</summary>
    void Forget();
}
