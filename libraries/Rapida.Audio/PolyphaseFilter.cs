using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Rapida.Audio;

/// <summary>
/// The low-pass filter of one conversion of sample rate, cut into its phases. Designed once for each pair of rates and shared.
/// </summary>
/// <remarks>
/// A Kaiser-windowed sinc at the rates' common multiple. With r the lower of the two rates, it passes to 0.425 r (3.4 kHz of 8 kHz)
/// and stops from 0.575 r (4.6 kHz), symmetric around the Nyquist frequency 0.5 r. The window's shape and the length follow Kaiser's formulas
/// (Oppenheim and Schafer, Discrete-Time Signal Processing, section 7.5.3).
/// </remarks>
internal sealed class PolyphaseFilter
{
    private const double StopBandDb = 86;
    private const double TransitionWidth = 0.15;

    private static readonly ConcurrentDictionary<(int From, int To), PolyphaseFilter> Designed = new();

    private readonly float[] _taps;

    private PolyphaseFilter(int from, int to)
    {
        var divisor = (int)BigInteger.GreatestCommonDivisor(from, to);
        Interpolation = to / divisor;
        Decimation = from / divisor;

        double common = (double)from * Interpolation;
        double lower = Math.Min(from, to);
        var half = (int)Math.Ceiling((StopBandDb - 7.95) / (2.285 * 2 * Math.PI * TransitionWidth * lower / common) / 2);
        Delay = TimeSpan.FromSeconds(half / common);
        // What a phase has too much is zero, and for the oldest inputs: until Fir's loops come out even.
        var needed = (2 * half + Interpolation) / Interpolation;
        var multiple = HasManyPhases ? Vector256<float>.Count : Decimation;
        Length = (needed + multiple - 1) / multiple * multiple;

        _taps = new float[Interpolation * Length];
        var beta = 0.1102 * (StopBandDb - 8.7);
        for (var phase = 0; phase < Interpolation; phase++)
            Fill(phase, half, lower / common, beta);
    }

    /// <summary>Output positions between two inputs.</summary>
    public int Interpolation { get; }

    /// <summary>Positions from one output to the next.</summary>
    public int Decimation { get; }

    /// <summary>Outputs of one phase come so seldom that there is nothing to gain from working on several of them.</summary>
    public bool HasManyPhases => Interpolation > 8;

    /// <summary>Inputs that one output is made of.</summary>
    public int Length { get; }

    public TimeSpan Delay { get; }

    public static PolyphaseFilter For(int from, int to) =>
        Designed.GetOrAdd((from, to), static rates => new PolyphaseFilter(rates.From, rates.To));

    /// <summary>What makes the output at <paramref name="phase"/> positions after the newest input; the oldest input's tap is first.</summary>
    public ReadOnlySpan<float> Taps(int phase) => _taps.AsSpan(phase * Length, Length);

    // Oldest input first. Each phase has a gain of exactly one at 0 Hz, so that no phase is louder than its neighbour.
    private void Fill(int phase, int half, double cutoff, double beta)
    {
        var taps = _taps.AsSpan(phase * Length, Length);
        var sum = 0.0;
        Span<double> exact = new double[Length];
        for (var age = 0; age < Length; age++)
        {
            var offset = phase + age * Interpolation - half;
            if (Math.Abs(offset) > half)
                continue;
            var x = cutoff * offset;
            var sinc = offset == 0 ? 1 : double.IsInteger(x) ? 0 : Math.Sin(Math.PI * x) / (Math.PI * x);
            var tap = sinc * Bessel(beta * Math.Sqrt(1 - Math.Pow((double)offset / half, 2)));
            exact[Length - 1 - age] = tap;
            sum += tap;
        }

        for (var i = 0; i < Length; i++)
            taps[i] = (float)(exact[i] / sum);
    }

    /// <summary>The modified Bessel function of the first kind and order zero.</summary>
    private static double Bessel(double x)
    {
        double sum = 1, term = 1;
        for (var k = 1; term > 1e-12 * sum; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }
}
