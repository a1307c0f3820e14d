namespace Rapida.Audio;

/// <summary>Levels in dBFS: 0 is the power of a full-scale square wave, −96 and below is digital silence.</summary>
public static class Loudness
{
    /// <summary>What silence measures.</summary>
    public const float Floor = -96;

    /// <summary>The mean power of <paramref name="samples"/>, in dBFS, never below <see cref="Floor"/>.</summary>
    public static float Of(ReadOnlySpan<short> samples)
    {
        long sum = 0;
        foreach (var sample in samples)
            sum += sample * sample;
        return samples.IsEmpty ? Floor : FromPower((double)sum / samples.Length);
    }

    /// <summary>dBFS of a mean square of 16-bit samples.</summary>
    internal static float FromPower(double meanSquare) =>
        meanSquare <= 0 ? Floor : Math.Max(Floor, (float)(10 * Math.Log10(meanSquare / (32768.0 * 32768.0))));
}
