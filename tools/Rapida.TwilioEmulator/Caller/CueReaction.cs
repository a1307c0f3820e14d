using Rapida.TwilioEmulator.Line;

namespace Rapida.TwilioEmulator.Caller;

/// <summary>What the far end does from the beginning of a cue: goes on, pauses and resumes, or falls silent.</summary>
/// <param name="speaking">The far end was in the middle of a stretch of speech.</param>
internal sealed class CueReaction(bool speaking)
{
    // A silence that begins later has other reasons than the cue.
    private const int WithinMs = 1_500;

    // Between words it is quiet for less than this.
    private const int PauseMs = 200;

    private int _nowMs;
    private int _soundEndedMs;
    private bool _waits = speaking;

    public bool WasSpeaking { get; } = speaking;

    /// <summary>From the cue's beginning to the end of the last sound before the silence; null: it went on.</summary>
    public int? SilencedAfterMs { get; private set; }

    /// <summary>It paused for 200 ms or more, and went on before 600 ms were over.</summary>
    public bool Resumed { get; private set; }

    /// <summary>From the cue's beginning to the first sound after the silence; null: it went on, or was silent to the end.</summary>
    public int? SpokeAgainAfterMs { get; private set; }

    public void Note(bool farEndSpeaks)
    {
        var quietMs = _nowMs - _soundEndedMs;
        if (farEndSpeaks)
        {
            Resumed |= _waits && quietMs >= PauseMs;
            if (SilencedAfterMs is not null || !WasSpeaking)
                SpokeAgainAfterMs ??= _nowMs;
        }

        _nowMs += Frame.Milliseconds;
        if (farEndSpeaks)
            _soundEndedMs = _nowMs;
        else if (_waits && _nowMs - _soundEndedMs >= Stretches.SilenceMs)
            SilencedAfterMs = _soundEndedMs;
        // What began late, or was decided, is not looked at any more.
        _waits &= SilencedAfterMs is null && _soundEndedMs <= WithinMs;
    }
}
