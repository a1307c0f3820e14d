using Rapida.MediaRelay.Playout;

namespace Rapida.MediaRelay.Twilio;

/// <summary>
/// Counts what did not come: messages by Twilio's sequence numbers, audio by its timestamps. Those jitter, so that only what grows beyond two frames
/// is a gap. Whatever they say, audio is taken as it comes: TCP keeps the order.
/// </summary>
internal sealed class StreamGaps
{
    private const long JitterMs = 40;

    // Longer than any call: further ahead is a broken clock and no gap.
    private const long LongestCallMs = 24 * 60 * 60 * 1_000;

    private long? _offsetMs;
    private long _samples;
    private long _lastSequence;

    public long MissingMs { get; private set; }

    public long MissingMessages { get; private set; }

    /// <param name="sequence">From 1; 0 when the message has none.</param>
    public void Number(long sequence)
    {
        // No call has so many.
        if (sequence is <= 0 or > int.MaxValue)
            return;
        if (_lastSequence > 0 && sequence > _lastSequence + 1)
            MissingMessages += sequence - _lastSequence - 1;
        _lastSequence = sequence;
    }

    /// <param name="timestampMs">When the audio began; null when the message does not say.</param>
    /// <param name="samples">How much there was.</param>
    public void Note(long? timestampMs, int samples)
    {
        var before = StreamTime.ToMilliseconds(_samples);
        _samples += samples;
        if (timestampMs is not (>= 0 and < LongestCallMs))
            return;

        var ahead = timestampMs.Value - before;
        if (_offsetMs is { } offset && ahead - offset > JitterMs)
            MissingMs += ahead - offset;
        // A clock that runs a little fast or slow is followed, so that a long call does not become one long gap.
        if (_offsetMs is null || Math.Abs(ahead - _offsetMs.Value) > JitterMs)
            _offsetMs = ahead;
        else
            _offsetMs += Math.Sign(ahead - _offsetMs.Value);
    }
}
