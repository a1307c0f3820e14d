using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
    private const int FirstPower = 5;

    private static readonly short[] Decoded = [.. Enumerable.Range(0, 256).Select(code => Law.Expand((byte)code))];

    /// <summary>Decodes one code to a 16-bit sample (−32,124 to 32,124).</summary>
    public static short Decode(byte code) => Decoded[code];

    /// <summary>Decodes every byte of <paramref name="codes"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="samples"/> is shorter than <paramref name="codes"/>.</exception>
    public static void Decode(ReadOnlySpan<byte> codes, Span<short> samples) => G711.Decode<Law>(codes, samples);

    /// <summary>Encodes one 16-bit sample.</summary>
    public static byte Encode(short sample) => Law.Compress(sample);

    /// <summary>Encodes every sample of <paramref name="samples"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="codes"/> is shorter than <paramref name="samples"/>.</exception>
    public static void Encode(ReadOnlySpan<short> samples, Span<byte> codes) => G711.Encode<Law>(samples, codes);

    private readonly struct Law : ICompandingLaw
    {
        public static short Expand(byte code)
        {
            var bits = ~code;
            var magnitude = (((((bits & 0x0F) << 1) + Bias) << ((bits >> 4) & 0x07)) - Bias) << 2;
            return (short)((bits & 0x80) != 0 ? -magnitude : magnitude);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<short> Expand(Vector128<byte> codes)
        {
            // Four times the standard's scale, which is that of 16 bits: the largest step still fits into a byte.
            var bits = ~codes;
            var steps = ((bits & Vector128.Create<byte>(0x0F)) << 3) + Vector128.Create<byte>(4 * Bias);
            var powers = Vector128.ShuffleNative(
                Vector128.Create((byte)1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0), (bits >> 4) & Vector128.Create<byte>(0x07));
            var magnitudes = (G711.Widen(steps) * G711.Widen(powers)) - Vector256.Create<short>(4 * Bias);
            var signs = G711.Widen(bits.AsSByte() >> 7);
            return (magnitudes ^ signs) - signs;
        }

        public static byte Compress(short sample)
        {
            var sign = sample >> 15;
            var magnitude = Math.Min(((sample ^ sign) >> 2) + Bias, Largest);
            return (byte)~((sign & 0x80) | G711.SegmentAndStep(magnitude, FirstPower));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<short> Compress(Vector256<short> samples)
        {
            var signs = samples >> 15;
            var magnitudes = Vector256.Min(((samples ^ signs) >> 2) + Vector256.Create<short>(Bias), Vector256.Create<short>(Largest));
            return ~((signs & Vector256.Create<short>(0x80)) | G711.SegmentAndStep(magnitudes, FirstPower));
        }
    }
}
