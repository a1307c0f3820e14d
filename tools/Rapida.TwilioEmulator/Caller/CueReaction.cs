using Rapida.TwilioEmulator.Line;

namespace Rapida.TwilioEmulator.Caller;

/// <summary>What the far end does from the beginning of a cue: goes on, pauses and resumes, or falls silent.</summary>
/// <param name="quietMs">How long the far end has been quiet when the cue begins; 0 in the middle of a word.</param>
internal sealed class CueReaction(int quietMs)
{
    // A silence that begins later has other reasons than the cue.
    private const int WithinMs = 1_500;

    // Between words it is quiet for less than this.
    private const int PauseMs = 200;

    private int _nowMs;
    private int _soundEndedMs = -quietMs;
    private bool _isOpen = true;

    /// <summary>The far end was in the middle of a stretch, and not at its end: that can only be told 600 ms later.</summary>
    public bool WasSpeaking { get; private set; } = true;

    /// <summary>From the cue's beginning to the end of the last sound before the silence; null: it went on.</summary>
    public int? SilencedAfterMs { get; private set; }

    /// <summary>It paused for 200 ms or more, and went on before 600 ms were over.</summary>
    public bool Resumed => LongestPauseMs >= PauseMs;

    /// <summary>The longest quiet after which it went on, be it between two words.</summary>
    public int LongestPauseMs { get; private set; }

    /// <summary>From the cue's beginning to the first sound after the silence; null: it went on, or was silent to the end.</summary>
    public int? SpokeAgainAfterMs { get; private set; }

    public void Note(bool farEndSpeaks)
    {
        // A silence is one at the end of the frame that makes it 600 ms, or was one before the cue.
        if (_isOpen && !farEndSpeaks && _nowMs + Frame.Milliseconds - _soundEndedMs >= Stretches.SilenceMs)
        {
            WasSpeaking = _soundEndedMs >= 0;
            SilencedAfterMs = WasSpeaking ? _soundEndedMs : null;
            _isOpen = false;
        }

        if (farEndSpeaks)
        {
            if (!_isOpen && (SilencedAfterMs is not null || !WasSpeaking))
                SpokeAgainAfterMs ??= _nowMs;
            if (_isOpen && _soundEndedMs >= 0)
                LongestPauseMs = Math.Max(LongestPauseMs, _nowMs - _soundEndedMs);
            _soundEndedMs = _nowMs + Frame.Milliseconds;
            _isOpen &= _soundEndedMs <= WithinMs;
        }
        _nowMs += Frame.Milliseconds;
    }
}
