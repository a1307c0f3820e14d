namespace Rapida.Audio;

/// <summary>What the last 1.6 s of levels say about the background: speech pauses between syllables, and what is heard in the pauses is noise.</summary>
internal sealed class BackgroundNoise
{
    private const int Remembered = 80;
    private const int BinsPerDb = 2;

    private readonly byte[] _levels = new byte[Remembered];
    private readonly byte[] _counts = new byte[(int)-Loudness.Floor * BinsPerDb + 1];
    private int _next;

    /// <param name="level">dBFS that is taken for noise until there is something to go by.</param>
    public BackgroundNoise(float level)
    {
        Array.Fill(_levels, BinOf(level));
        _counts[BinOf(level)] = Remembered;
    }

    /// <summary>
    /// Takes the next frame's level and returns that of the noise: what a twentieth of the frames stayed below. Not the lowest of all, for one lost packet is lower.
    /// </summary>
    public float Push(float level)
    {
        _counts[_levels[_next]]--;
        _levels[_next] = BinOf(level);
        _counts[_levels[_next]]++;
        _next = (_next + 1) % Remembered;

        var bin = 0;
        for (int count = _counts[0]; count <= Remembered / 20; count += _counts[bin])
            bin++;
        return Loudness.Floor + (float)bin / BinsPerDb;
    }

    private static byte BinOf(float level) => (byte)((Math.Clamp(level, Loudness.Floor, 0) - Loudness.Floor) * BinsPerDb);
}
