using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Sessions;
using Rapida.Speech;

namespace Rapida.MediaRelay.Replay;

/// <summary>Hears what was heard.</summary>
internal sealed class RecordedEars : IEars
{
    private readonly Dictionary<int, Utterance> _finished = [];

    /// <summary>Told of each utterance when it has ended.</summary>
    public Action<Utterance> OnFinished { get; set; } = _ => { };

    /// <summary>What is to be made of the next frame.</summary>
    public Perception Next { get; set; } = new(IsVoice: false, Words: "");

    public Perception Hear(ReadOnlySpan<byte> mulaw, PlayoutLedger ledger) => Next;

    public void Begin(RecognitionHint hint)
    {
    }

    public void Finish(Utterance utterance, CancellationToken cancellationToken)
    {
        _finished[utterance.Number] = utterance;
        OnFinished(utterance);
    }

    public void Forget()
    {
    }

    /// <summary>The utterance of this number; null: it has not ended yet.</summary>
    public Utterance? Finished(int number) => _finished.GetValueOrDefault(number);
}
