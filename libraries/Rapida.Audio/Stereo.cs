namespace Rapida.Audio;

/// <summary>Two channels in one sequence of alternating samples, left first.</summary>
public static class Stereo
{
    /// <summary>Writes <paramref name="left"/> and <paramref name="right"/> alternately; the shorter one is continued with silence.</summary>
    /// <exception cref="ArgumentException"><paramref name="output"/> has not twice the longer one's length.</exception>
    public static void Interleave(ReadOnlySpan<short> left, ReadOnlySpan<short> right, Span<short> output)
    {
        var length = Math.Max(left.Length, right.Length);
        if (output.Length < 2 * length)
            throw new ArgumentException($"Needs room for {2 * length} samples, has {output.Length}.", nameof(output));

        for (var i = 0; i < length; i++)
        {
            output[2 * i] = i < left.Length ? left[i] : (short)0;
            output[2 * i + 1] = i < right.Length ? right[i] : (short)0;
        }
    }

    /// <summary>One channel of an alternating sequence: 0 is left, 1 is right.</summary>
    public static short[] Channel(ReadOnlySpan<short> interleaved, int channel)
    {
        var samples = new short[interleaved.Length / 2];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = interleaved[2 * i + channel];
        return samples;
    }

    /// <summary>The mean of both channels.</summary>
    public static short[] Mix(ReadOnlySpan<short> interleaved)
    {
        var samples = new short[interleaved.Length / 2];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)((interleaved[2 * i] + interleaved[2 * i + 1]) / 2);
        return samples;
    }
}
