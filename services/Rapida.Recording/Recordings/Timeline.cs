using Rapida.Recording.Journal;

namespace Rapida.Recording.Recordings;

/// <summary>Where the attempts of a conversation lie in its recording, in samples of 1/8,000 s.</summary>
internal sealed class Timeline
{
    public const int SampleRate = 8_000;

    // A clock that is off by more must not become a file full of silence.
    private const long MaxPause = 60L * 60 * SampleRate;

    private readonly Dictionary<int, long> _starts = [];

    /// <param name="attempts">All attempts of one conversation.</param>
    public Timeline(IEnumerable<Attempt> attempts)
    {
        DateTimeOffset? beginning = null;
        foreach (var attempt in attempts.OrderBy(attempt => attempt.Number))
        {
            beginning ??= attempt.OpenedAt;
            // By the clock of the relays; one after the other even where their clocks disagree.
            var start = Math.Max(Samples(attempt.OpenedAt - beginning), Length);
            if (start > Length + MaxPause)
                start = Length;
            _starts[attempt.Number] = start;
            Length = start + attempt.Length;
        }
    }

    /// <summary>Of the whole recording.</summary>
    public long Length { get; }

    /// <summary>The place of an attempt's sample.</summary>
    public long At(int attempt, long sample) => _starts.GetValueOrDefault(attempt) + sample;

    public static long Milliseconds(long samples) => samples * 1_000 / SampleRate;

    private static long Samples(TimeSpan? time) => time is { } span ? span.Ticks * SampleRate / TimeSpan.TicksPerSecond : 0;
}
