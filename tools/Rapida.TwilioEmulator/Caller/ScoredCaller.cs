using Rapida.Audio;
using Rapida.TwilioEmulator.Line;

namespace Rapida.TwilioEmulator.Caller;

/// <summary>
/// Follows a score: each cue is said at its moment of the far end's speech, whatever the far end does then, and one after the other. Hangs up
/// some time after the last.
/// </summary>
internal sealed class ScoredCaller(IReadOnlyList<Cue> cues, CallerManners manners) : ICaller
{
    private readonly Lock _lock = new();
    private readonly Stretches _stretches = new();
    private readonly List<Performance> _performed = [];
    private int _nowMs;
    private int _position;
    private int _waitedMs;

    // A cue that has begun. Its reaction goes on being noted while later cues are said.
    private sealed record Performance(int StartMs, CueReaction Reaction)
    {
        public int? EndMs { get; set; }
    }

    public bool HangsUp { get; private set; }

    public void Begin()
    {
        // The score counts from what is heard, not from who says it.
    }

    public bool Speak(Span<byte> frame, bool farEndSpeaks)
    {
        lock (_lock)
        {
            var quietMs = farEndSpeaks ? 0 : _stretches.QuietMs;
            _stretches.Note(farEndSpeaks);
            if (IsDue())
                _performed.Add(new Performance(_nowMs, new CueReaction(quietMs)));
            foreach (var performance in _performed)
                performance.Reaction.Note(farEndSpeaks);

            var speaks = Say(frame);
            _nowMs += Frame.Milliseconds;
            _waitedMs = speaks ? 0 : _waitedMs + Frame.Milliseconds;
            var patience = _performed.Count < cues.Count ? manners.SilentStay : manners.FarewellWait;
            HangsUp |= _nowMs >= manners.HangUpAfter?.TotalMilliseconds || _waitedMs >= patience.TotalMilliseconds;
            return speaks;
        }
    }

    /// <summary>One for each cue, in their order.</summary>
    public IReadOnlyList<CueReport> Cues()
    {
        lock (_lock)
        {
            return
            [
                .. cues.Select((_, i) => i < _performed.Count && _performed[i] is { Reaction: var reaction } performed
                    ? new CueReport(
                        performed.StartMs, performed.EndMs, reaction.WasSpeaking, reaction.SilencedAfterMs, reaction.Resumed, reaction.LongestPauseMs,
                        reaction.SpokeAgainAfterMs)
                    : new CueReport(null, null, WasSpeaking: false, null, Resumed: false, 0, null)),
            ];
        }
    }

    private bool IsSaying => _performed is [.., { EndMs: null }];

    // The moment of the next cue has come, and the one before is said.
    private bool IsDue() =>
        !IsSaying && _performed.Count < cues.Count && cues[_performed.Count] is var next
        && _stretches.BeginningOf(next.Stretch) + next.Offset.TotalMilliseconds <= _nowMs;

    private bool Say(Span<byte> frame)
    {
        frame.Fill(Mulaw.Silence);
        if (!IsSaying)
            return false;
        var cue = cues[_performed.Count - 1];
        cue.Audio.Span.Slice(_position * Frame.Bytes, Frame.Bytes).CopyTo(frame);
        if (++_position == cue.Frames)
        {
            _performed[^1].EndMs = _nowMs + Frame.Milliseconds;
            _position = 0;
        }
        return true;
    }
}
