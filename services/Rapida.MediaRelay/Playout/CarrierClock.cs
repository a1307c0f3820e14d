namespace Rapida.MediaRelay.Playout;

/// <summary>
/// Tells by the marks whether the carrier plays faster or slower than we send. A single mark says little: it waits for the line, or for a stall of ours.
/// The earliest of ten does, compared with the earliest of the first ten of the same stretch of speech.
/// </summary>
internal sealed class CarrierClock
{
    private const int Window = 10;

    // Of what a window shows so much is followed: the rest may be chance.
    private const double Follows = 0.5;

    private readonly Queue<(Mark Mark, TimeSpan Sent)> _awaited = new();
    private TimeSpan? _usual;
    private TimeSpan _earliest = TimeSpan.MaxValue;
    private int _returned;

    /// <summary>Speech begins anew.</summary>
    public void Restart()
    {
        _awaited.Clear();
        (_usual, _earliest, _returned) = (null, TimeSpan.MaxValue, 0);
    }

    /// <param name="mark">Goes out.</param>
    /// <param name="sent">How much speech was sent before it, since speech began.</param>
    public void Sent(Mark mark, TimeSpan sent) => _awaited.Enqueue((mark, sent));

    /// <param name="mark">Has come back.</param>
    /// <param name="elapsed">Since speech began.</param>
    /// <returns>By how much the carrier has fallen behind; negative: it is ahead of what we thought.</returns>
    public TimeSpan Returned(Mark mark, TimeSpan elapsed)
    {
        // Those before it were lost on the way. One that is not awaited is a clear's, or of speech before.
        while (_awaited.TryPeek(out var awaited) && awaited.Mark.Number <= mark.Number)
        {
            _awaited.Dequeue();
            if (awaited.Mark == mark)
                return Note(elapsed - awaited.Sent);
        }

        return TimeSpan.Zero;
    }

    private TimeSpan Note(TimeSpan delay)
    {
        _earliest = delay < _earliest ? delay : _earliest;
        if (++_returned % Window != 0)
            return TimeSpan.Zero;

        var behind = (_earliest - (_usual ??= _earliest)) * Follows;
        _earliest = TimeSpan.MaxValue;
        return behind;
    }
}
