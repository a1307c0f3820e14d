using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Rapida.Audio;

/// <summary>
/// ITU-T G.711 A-law at 8 kHz, the telephone's code outside North America and Japan: one byte is one sample. Bit-exact with the standard's formulas;
/// negative samples take the one's complement as magnitude, as the ITU's own software tool (G.191) does.
/// </summary>
public static class Alaw
{
    /// <summary>The code of the softest positive sample, 8: A-law has no zero.</summary>
    public const byte Silence = 0xD5;

    // The standard inverts every second bit, so that a silent line still carries changes.
    private const int Inverted = 0x55;
    private const int Positive = 0x80;

    // In the standard's 12-bit scale. Segments 0 and 1 have steps of one size: segment 0 is simply the magnitude.
    private const int SecondSegment = 16;
    private const int FirstPower = 3;

    private static readonly short[] Decoded = [.. Enumerable.Range(0, 256).Select(code => Law.Expand((byte)code))];

    /// <summary>Decodes one code to a 16-bit sample (−32,256 to 32,256).</summary>
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
            var bits = code ^ Inverted;
            var segment = (bits >> 4) & 0x07;
            var half = ((bits & 0x0F) << 1) + 1;
            var magnitude = (segment == 0 ? half : (half + 2 * SecondSegment) << (segment - 1)) << 3;
            return (short)((bits & Positive) != 0 ? magnitude : -magnitude);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<short> Expand(Vector128<byte> codes)
        {
            var bits = codes ^ Vector128.Create<byte>(Inverted);
            var segments = (bits >> 4) & Vector128.Create<byte>(0x07);
            var starts = Vector128.ShuffleNative(Vector128.Create((byte)1, 33, 33, 33, 33, 33, 33, 33, 0, 0, 0, 0, 0, 0, 0, 0), segments);
            var powers = Vector128.ShuffleNative(Vector128.Create((byte)1, 1, 2, 4, 8, 16, 32, 64, 0, 0, 0, 0, 0, 0, 0, 0), segments);
            var steps = ((bits & Vector128.Create<byte>(0x0F)) << 1) + starts;
            var magnitudes = (G711.Widen(steps) * G711.Widen(powers)) << 3;
            var signs = G711.Widen(~bits.AsSByte() >> 7);
            return (magnitudes ^ signs) - signs;
        }

        public static byte Compress(short sample)
        {
            var sign = sample >> 15;
            var magnitude = (sample ^ sign) >> 4;
            var code = magnitude < SecondSegment ? magnitude : G711.SegmentAndStep(magnitude, FirstPower);
            return (byte)((code | (~sign & Positive)) ^ Inverted);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<short> Compress(Vector256<short> samples)
        {
            var signs = samples >> 15;
            var magnitudes = (samples ^ signs) >> 4;
            var isFirst = Vector256.LessThan(magnitudes, Vector256.Create<short>(SecondSegment));
            var codes = Vector256.ConditionalSelect(isFirst, magnitudes, G711.SegmentAndStep(magnitudes, FirstPower));
            return (codes | (~signs & Vector256.Create<short>(Positive))) ^ Vector256.Create<short>(Inverted);
        }
    }
}
