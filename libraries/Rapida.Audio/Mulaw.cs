using System.Numerics;

namespace Rapida.Audio;

/// <summary>
/// ITU-T G.711 mu-law at 8 kHz: one byte is one sample. Bit-exact with the standard's formulas; negative samples take the one's
/// complement as magnitude, as the ITU's own software tool (G.191) does.
/// </summary>
public static class Mulaw
{
    /// <summary>The code of a silent sample.</summary>
    public const byte Silence = 0xFF;

    // In the standard's 14-bit scale: the bias makes every segment start at a power of two.
    private const int Bias = 33;
    private const int Largest = 8191;

    private static readonly short[] Decoded = Enumerable.Range(0, 256).Select(code => Expand((byte)code)).ToArray();

    /// <summary>Decodes one code to a 16-bit sample (−32,124 to 32,124).</summary>
    public static short Decode(byte code) => Decoded[code];

    /// <summary>Decodes every byte of <paramref name="codes"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="samples"/> is shorter than <paramref name="codes"/>.</exception>
    public static void Decode(ReadOnlySpan<byte> codes, Span<short> samples)
    {
        samples = Room(samples, codes.Length);
        for (var i = 0; i < codes.Length; i++)
            samples[i] = Decoded[codes[i]];
    }

    /// <summary>Encodes one 16-bit sample.</summary>
    public static byte Encode(short sample)
    {
        var sign = sample < 0 ? 0x80 : 0;
        var magnitude = Math.Min(((sample < 0 ? ~sample : sample) >> 2) + Bias, Largest);
        var segment = BitOperations.Log2((uint)magnitude) - 5;
        var step = (magnitude >> (segment + 1)) & 0x0F;
        return (byte)~(sign | (segment << 4) | step);
    }

    /// <summary>Encodes every sample of <paramref name="samples"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="codes"/> is shorter than <paramref name="samples"/>.</exception>
    public static void Encode(ReadOnlySpan<short> samples, Span<byte> codes)
    {
        codes = Room(codes, samples.Length);
        for (var i = 0; i < samples.Length; i++)
            codes[i] = Encode(samples[i]);
    }

    private static short Expand(byte code)
    {
        var bits = ~code;
        var segment = (bits >> 4) & 0x07;
        var step = bits & 0x0F;
        var magnitude = ((((step << 1) + Bias) << segment) - Bias) << 2;
        return (short)((bits & 0x80) != 0 ? -magnitude : magnitude);
    }

    private static Span<T> Room<T>(Span<T> output, int needed) =>
        output.Length >= needed ? output[..needed] : throw new ArgumentException($"Needs room for {needed}, has {output.Length}.", nameof(output));
}
