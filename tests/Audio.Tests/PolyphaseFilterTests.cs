using System.Numerics;
using Rapida.Audio;

namespace Audio.Tests;

/// <summary>The filters as their taps make them, by calculation: no sample is rounded here.</summary>
public sealed class PolyphaseFilterTests
{
    public static TheoryData<int, int> Rates => ResamplerTests.Rates;

    [Theory]
    [MemberData(nameof(Rates))]
    public void The_band_of_the_telephone_has_a_ripple_of_at_most_a_tenth_of_a_decibel(int from, int to)
    {
        var filter = PolyphaseFilter.For(from, to);
        var gains = Enumerable.Range(0, 69).Select(i => GainDb(filter, i * 50, from)).ToArray();

        Assert.InRange(gains.Max() - gains.Min(), 0, 0.1);
        Assert.InRange(gains[0], -0.001, 0.001);
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void From_four_point_six_kilohertz_of_eight_everything_is_eighty_decibels_down(int from, int to)
    {
        var filter = PolyphaseFilter.For(from, to);
        var common = (double)from * filter.Interpolation;
        var first = 0.575 * Math.Min(from, to);

        // Every 20 Hz where the lobes are high, then everywhere a little.
        var near = Enumerable.Range(0, 500).Select(i => first + i * 20).TakeWhile(hertz => hertz <= common / 2);
        var far = Enumerable.Range(0, 300).Select(i => first + i * (common / 2 - first) / 300);

        Assert.All(near.Concat(far), hertz => Assert.InRange(GainDb(filter, hertz, from), double.NegativeInfinity, -80));
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void The_delay_is_the_same_for_every_frequency_and_at_most_five_milliseconds(int from, int to)
    {
        var filter = PolyphaseFilter.For(from, to);
        var prototype = Prototype(filter);
        var middle = (int)Math.Round(filter.Delay.TotalSeconds * from * filter.Interpolation);

        // A filter that is its own mirror image delays all frequencies alike, by its half.
        Assert.InRange(filter.Delay.TotalMilliseconds, 0, 5);
        Assert.All(Enumerable.Range(1, middle), i => Assert.Equal(prototype[middle - i], prototype[middle + i], 1e-4));
    }

    private static double[] Prototype(PolyphaseFilter filter)
    {
        var prototype = new double[filter.Interpolation * filter.Length];
        for (var i = 0; i < prototype.Length; i++)
            prototype[i] = filter.Taps(i % filter.Interpolation)[filter.Length - 1 - i / filter.Interpolation];
        return prototype;
    }

    private static double GainDb(PolyphaseFilter filter, double hertz, int from)
    {
        var turn = Complex.FromPolarCoordinates(1, -2 * Math.PI * hertz / from / filter.Interpolation);
        var sum = Complex.Zero;
        foreach (var tap in Prototype(filter).Reverse())
            sum = sum * turn + tap;
        return 20 * Math.Log10(sum.Magnitude / filter.Interpolation);
    }
}
