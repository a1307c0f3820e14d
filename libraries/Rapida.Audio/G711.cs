using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Rapida.Audio;

/// <summary>One of the two laws of ITU-T G.711, for one sample and for sixteen.</summary>
internal interface ICompandingLaw
{
    static abstract short Expand(byte code);

    static abstract Vector256<short> Expand(Vector128<byte> codes);

    static abstract byte Compress(short sample);

    /// <summary>One code in the low byte of each element; the other bytes are undefined.</summary>
    static abstract Vector256<short> Compress(Vector256<short> samples);
}

/// <summary>
/// Sixteen samples at once, without a branch; what remains goes one by one. The compiler does not inline so much by itself, and a call for each sixteen
/// would cost as much as they do.
/// </summary>
internal static class G711
{
    public static void Decode<TLaw>(ReadOnlySpan<byte> codes, Span<short> samples) where TLaw : ICompandingLaw
    {
        samples = Room(samples, codes.Length);
        ref var from = ref MemoryMarshal.GetReference(codes);
        ref var to = ref MemoryMarshal.GetReference(samples);
        var i = 0;
        for (; Vector128.IsHardwareAccelerated && i <= codes.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
            TLaw.Expand(Vector128.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);

        for (; i < codes.Length; i++)
            samples[i] = TLaw.Expand(codes[i]);
    }

    public static void Encode<TLaw>(ReadOnlySpan<short> samples, Span<byte> codes) where TLaw : ICompandingLaw
    {
        codes = Room(codes, samples.Length);
        ref var from = ref MemoryMarshal.GetReference(samples);
        ref var to = ref MemoryMarshal.GetReference(codes);
        var i = 0;
        for (; Vector128.IsHardwareAccelerated && i <= samples.Length - Vector256<short>.Count; i += Vector256<short>.Count)
        {
            var compressed = TLaw.Compress(Vector256.LoadUnsafe(ref from, (nuint)i)).AsUInt16();
            Vector128.Narrow(compressed.GetLower(), compressed.GetUpper()).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < samples.Length; i++)
            codes[i] = TLaw.Compress(samples[i]);
    }

    /// <summary>In one instruction where there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Widen(Vector128<byte> bytes) => Avx2.IsSupported
        ? Avx2.ConvertToVector256Int16(bytes)
        : Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes)).AsInt16();

    /// <summary>The same with their signs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Widen(Vector128<sbyte> bytes) => Avx2.IsSupported
        ? Avx2.ConvertToVector256Int16(bytes)
        : Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes));

    /// <summary>
    /// Segment and step of magnitudes: a segment is a power of two and a step a sixteenth of it, and so they lie side by side in a floating-point number,
    /// in the exponent and the upper four bits of the fraction.
    /// </summary>
    /// <param name="magnitudes">Positive.</param>
    /// <param name="first">The power of two at which segment 0 begins.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> SegmentAndStep(Vector256<short> magnitudes, int first)
    {
        const int ExponentBias = 127, FractionBits = 23;
        var (lower, upper) = Vector256.Widen(magnitudes);
        var exponentsAndSteps = Vector256.Narrow(
            Vector256.ConvertToSingle(lower).AsInt32() >> (FractionBits - 4),
            Vector256.ConvertToSingle(upper).AsInt32() >> (FractionBits - 4));
        return exponentsAndSteps - Vector256.Create((short)((ExponentBias + first) << 4));
    }

    /// <summary>The same of one magnitude.</summary>
    public static int SegmentAndStep(int magnitude, int first)
    {
        var power = BitOperations.Log2((uint)magnitude);
        return ((power - first) << 4) | (((magnitude << 4) >> power) & 0x0F);
    }

    private static Span<T> Room<T>(Span<T> output, int needed) =>
        output.Length >= needed ? output[..needed] : throw new ArgumentException($"Needs room for {needed}, has {output.Length}.", nameof(output));
}
