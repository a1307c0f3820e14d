using Rapida.TwilioEmulator.Line;

namespace Rapida.TwilioEmulator.Caller;

/// <summary>Cuts the far end's speech into stretches: one begins after at least 600 ms of silence, or with the first sound of all.</summary>
internal sealed class Stretches
{
    /// <summary>Shorter silences belong to the stretch.</summary>
    public const int SilenceMs = 600;

    private readonly List<int> _begun = [];
    private int _frame;

    /// <summary>How long it has been quiet. Before the first sound it has been so for ever.</summary>
    public int QuietMs { get; private set; } = SilenceMs;

    public void Note(bool farEndSpeaks)
    {
        if (farEndSpeaks && QuietMs >= SilenceMs)
            _begun.Add(_frame * Frame.Milliseconds);
        QuietMs = farEndSpeaks ? 0 : QuietMs + Frame.Milliseconds;
        _frame++;
    }

    /// <summary>When a stretch began, in milliseconds since the first frame; null: it has not.</summary>
    /// <param name="stretch">From 1.</param>
    public int? BeginningOf(int stretch) => stretch <= _begun.Count ? _begun[stretch - 1] : null;
}
