using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rapida.Audio;

/// <summary>The two sums of products that a finite filter needs, eight at once: across the taps of one output, or across outputs that share their taps.</summary>
internal static class Fir
{
    /// <summary>Outputs that <see cref="Accumulate"/> works on at once: it reads and writes whole blocks of so many.</summary>
    public const int Block = 32;

    /// <summary>One output: the sum of all taps times inputs. The number of taps is a multiple of eight.</summary>
    public static float Dot(ReadOnlySpan<float> taps, ReadOnlySpan<float> inputs)
    {
        ref var tap = ref MemoryMarshal.GetReference(taps);
        ref var input = ref MemoryMarshal.GetReference(inputs[..taps.Length]);
        var (even, odd) = (Vector256<float>.Zero, Vector256<float>.Zero);
        nuint i = 0;
        // Two sums, for one would wait for itself.
        for (; i + 16 <= (nuint)taps.Length; i += 16)
        {
            even = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref tap, i), Vector256.LoadUnsafe(ref input, i), even);
            odd = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref tap, i + 8), Vector256.LoadUnsafe(ref input, i + 8), odd);
        }

        if (i < (nuint)taps.Length)
            even = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref tap, i), Vector256.LoadUnsafe(ref input, i), even);
        even += odd;
        return Vector128.Sum(even.GetLower() + even.GetUpper());
    }

    /// <summary>
    /// Adds to each of <paramref name="sums"/> (a multiple of <see cref="Block"/>) the products of every <paramref name="step"/>-th tap from
    /// <paramref name="first"/> on with the inputs from that sum's own place on.
    /// </summary>
    public static void Accumulate(ReadOnlySpan<float> taps, int first, int step, ReadOnlySpan<float> inputs, Span<float> sums)
    {
        ref var input = ref MemoryMarshal.GetReference(inputs[..(sums.Length + (taps.Length - first - 1) / step)]);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        for (nuint at = 0; at < (nuint)sums.Length; at += Block)
        {
            var a = Vector256.LoadUnsafe(ref sum, at);
            var b = Vector256.LoadUnsafe(ref sum, at + 8);
            var c = Vector256.LoadUnsafe(ref sum, at + 16);
            var d = Vector256.LoadUnsafe(ref sum, at + 24);
            var place = at;
            for (var i = first; i < taps.Length; i += step, place++)
            {
                // In a filter of half the band every second tap.
                if (taps[i] == 0)
                    continue;
                var tap = Vector256.Create(taps[i]);
                a = Vector256.FusedMultiplyAdd(tap, Vector256.LoadUnsafe(ref input, place), a);
                b = Vector256.FusedMultiplyAdd(tap, Vector256.LoadUnsafe(ref input, place + 8), b);
                c = Vector256.FusedMultiplyAdd(tap, Vector256.LoadUnsafe(ref input, place + 16), c);
                d = Vector256.FusedMultiplyAdd(tap, Vector256.LoadUnsafe(ref input, place + 24), d);
            }

            a.StoreUnsafe(ref sum, at);
            b.StoreUnsafe(ref sum, at + 8);
            c.StoreUnsafe(ref sum, at + 16);
            d.StoreUnsafe(ref sum, at + 24);
        }
    }

    /// <summary>Samples as numbers to calculate with.</summary>
    public static void FromSamples(ReadOnlySpan<short> samples, Span<float> values)
    {
        values = values[..samples.Length];
        var i = 0;
        for (; i <= samples.Length - Vector256<short>.Count; i += Vector256<short>.Count)
        {
            var (lower, upper) = Vector256.Widen(Vector256.Create(samples[i..]));
            Vector256.ConvertToSingle(lower).CopyTo(values[i..]);
            Vector256.ConvertToSingle(upper).CopyTo(values[(i + 8)..]);
        }

        for (; i < samples.Length; i++)
            values[i] = samples[i];
    }

    /// <summary>Rounds to the nearest, and clips instead of wrapping round.</summary>
    public static void ToSamples(ReadOnlySpan<float> values, Span<short> samples)
    {
        var i = 0;
        for (; i <= values.Length - Vector256<short>.Count; i += Vector256<short>.Count)
        {
            var lower = Vector256.ConvertToInt32(Vector256.Round(Vector256.Create(values[i..])));
            var upper = Vector256.ConvertToInt32(Vector256.Round(Vector256.Create(values[(i + 8)..])));
            Vector256.NarrowWithSaturation(lower, upper).CopyTo(samples[i..]);
        }

        for (; i < values.Length; i++)
            samples[i] = (short)Math.Clamp(MathF.Round(values[i]), short.MinValue, short.MaxValue);
    }
}
