using Rapida.MediaRelay.Playout;

namespace Rapida.MediaRelay.Twilio;

/// <summary>Compares Twilio's timestamps with the audio that came. They jitter, so that only what grows beyond two frames is a gap.</summary>
internal sealed class StreamGaps
{
    private const long JitterMs = 40;

    private long? _offsetMs;
    private long _samples;

    public long MissingMs { get; private set; }

    /// <param name="timestampMs">When the audio began.</param>
    /// <param name="samples">How much there was.</param>
    public void Note(long timestampMs, int samples)
    {
        var ahead = timestampMs - StreamTime.ToMilliseconds(_samples);
        _samples += samples;
        if (_offsetMs is { } offset && ahead - offset > JitterMs)
            MissingMs += ahead - offset;
        // A clock that runs a little fast or slow is followed, so that a long call does not become one long gap.
        if (_offsetMs is null || Math.Abs(ahead - _offsetMs.Value) > JitterMs)
            _offsetMs = ahead;
        else
            _offsetMs += Math.Sign(ahead - _offsetMs.Value);
    }
}
