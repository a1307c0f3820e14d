namespace Rapida.Recording.Journal;

/// <summary>How far a sequence has come without a gap. Not thread-safe, but for <see cref="Through"/>.</summary>
internal sealed class Contiguous(long through)
{
    // A gap is the sender's mistake and will not be healed by waiting: beyond this it shall send again.
    private const int MaxAhead = 1_000;

    private readonly HashSet<long> _ahead = [];
    private long _through = through;

    /// <summary>Everything up to here has come.</summary>
    public long Through => Volatile.Read(ref _through);

    /// <summary>Notes a number. False when it has come before, or lies too many numbers behind a gap.</summary>
    public bool Add(long number)
    {
        if (number <= _through || _ahead.Contains(number))
            return false;
        if (number > _through + 1)
            return _ahead.Count < MaxAhead && _ahead.Add(number);

        while (_ahead.Remove(number + 1))
            number++;
        Volatile.Write(ref _through, number);
        return true;
    }
}
