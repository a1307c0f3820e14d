namespace Rapida.TwilioEmulator.Caller;

/// <summary>Finds the pauses of a recording from the level of each 20 ms frame, relative to its own peak and its own background.</summary>
internal static class PauseFinder
{
    // 700 ms.
    private const int PauseFrames = 35;

    // A recording that never gets louder than this holds no speech.
    private const float SilenceDecibels = -60;

    // Speech falls at least this far between words; steady noise does not.
    private const float NoiseRangeDecibels = 12;

    // Below the peak, the quietest sounds of speech end here.
    private const float SpeechRangeDecibels = 35;

    // Background noise wavers by less than this.
    private const float BackgroundMarginDecibels = 8;

    /// <param name="levels">dBFS of each frame.</param>
    public static (IReadOnlyList<Piece> Pieces, bool IsNoise) Split(ReadOnlySpan<float> levels)
    {
        if (levels.IsEmpty)
            return ([], false);

        var sorted = levels.ToArray();
        Array.Sort(sorted);
        // Not the maximum: a click of one frame is no peak.
        var peak = sorted[(int)((sorted.Length - 1) * 0.98)];
        var background = sorted[(int)((sorted.Length - 1) * 0.05)];
        if (sorted[^1] < SilenceDecibels)
            return ([], false);
        if (peak - background < NoiseRangeDecibels)
            return ([new Piece(0, levels.Length)], true);

        var threshold = Math.Max(peak - SpeechRangeDecibels, Math.Min(background + BackgroundMarginDecibels, peak - NoiseRangeDecibels));
        return (Pieces(levels, threshold), false);
    }

    private static List<Piece> Pieces(ReadOnlySpan<float> levels, float threshold)
    {
        var pieces = new List<Piece>();
        var quiet = PauseFrames;
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i] <= threshold)
            {
                quiet++;
                continue;
            }
            if (quiet >= PauseFrames)
                pieces.Add(new Piece(i, i + 1));
            else
                pieces[^1] = pieces[^1] with { End = i + 1 };
            quiet = 0;
        }
        return pieces;
    }
}
