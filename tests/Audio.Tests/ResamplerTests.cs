using FsCheck;
using FsCheck.Fluent;
using Rapida.Audio;

namespace Audio.Tests;

public sealed class ResamplerTests
{
    public static TheoryData<int, int> Rates => new()
    {
        { 8_000, 16_000 }, { 16_000, 8_000 }, { 24_000, 8_000 }, { 22_050, 8_000 }, { 44_100, 8_000 }, { 48_000, 8_000 },
        { 8_000, 24_000 }, { 8_000, 48_000 }, { 8_000, 44_100 },
    };

    [Theory]
    [MemberData(nameof(Rates))]
    public void Twenty_milliseconds_in_are_twenty_milliseconds_out_from_the_first_frame_on(int from, int to)
    {
        var resampler = new Resampler(from, to);

        for (var frame = 0; frame < 100; frame++)
            Assert.Equal(to / 50, resampler.Resample(new short[from / 50]).Length);
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Any_split_of_the_input_gives_the_same_output(int from, int to)
    {
        var input = Signals.Noise(from, 0.1, -12);
        var whole = new Resampler(from, to).Resample(input);

        Prop.ForAll(Gen.Choose(0, 700).NonEmptyListOf().ToArbitrary(), lengths =>
        {
            var resampler = new Resampler(from, to);
            List<short> pieces = [];
            var at = 0;
            foreach (var length in lengths.Append(input.Length).Select(l => Math.Min(l, input.Length - at)))
            {
                pieces.AddRange(resampler.Resample(input.AsSpan(at, length)));
                at += length;
            }

            return pieces.SequenceEqual(whole);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void The_delay_is_fixed_and_at_most_five_milliseconds(int from, int to)
    {
        var resampler = new Resampler(from, to);
        var click = new short[from / 10];
        click[0] = 30_000;

        var output = resampler.Resample(click);

        var peak = output.Index().MaxBy(sample => sample.Item).Index;
        Assert.InRange(resampler.Delay.TotalMilliseconds, 0, 5);
        Assert.InRange(peak, resampler.Delay.TotalSeconds * to - 1, resampler.Delay.TotalSeconds * to + 1);
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void The_band_of_the_telephone_passes_flat(int from, int to)
    {
        foreach (var hertz in new[] { 100, 300, 1_000, 2_000, 3_000, 3_200, 3_400 })
        {
            var output = new Resampler(from, to).Resample(Signals.Tone(hertz, from, 0.5));
            Assert.InRange(Signals.ToneDb(output.AsSpan(to / 10, to / 5), hertz, to), -6.1, -5.9);
        }
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void What_would_fold_or_mirror_into_the_band_is_eighty_decibels_down(int from, int to)
    {
        var (low, high) = (Math.Min(from, to), Math.Max(from, to));
        foreach (var hertz in new[] { 4_600, 5_000, 5_900, 7_000, 7_900 }.Where(hertz => hertz < high / 2))
        {
            // Going down, such a tone must vanish; going up, it must not appear beside the tone that it is the mirror of.
            var output = new Resampler(from, to).Resample(Signals.Tone(from > to ? hertz : low - hertz, from, 0.5, dbfs: -0.1));
            var settled = output.AsSpan(to / 10, to / 5);
            Assert.InRange(Signals.ToneDb(settled, from > to ? low - hertz : hertz, to), double.NegativeInfinity, -80);
        }
    }

    [Fact]
    public void A_tone_survives_eight_to_sixteen_and_back_with_sixty_decibels()
    {
        var output = ThereAndBack(Signals.Tone(1_000, 8_000, 1));

        Assert.InRange(Signals.Snr(output.AsSpan(800, 6_400), 1_000, 8_000), 60, 200);
    }

    [Fact]
    public void With_mulaw_at_both_ends_the_way_there_and_back_costs_at_most_three_decibels()
    {
        var tone = Signals.Tone(1_004, 8_000, 2);
        var once = ThroughMulaw(tone);
        var twice = ThroughMulaw(ThereAndBack(once));

        var snrOnce = Signals.Snr(once.AsSpan(2_000, 8_000), 1_004, 8_000);
        var snrTwice = Signals.Snr(twice.AsSpan(2_000, 8_000), 1_004, 8_000);

        Assert.InRange(snrOnce, 35, 45);
        Assert.InRange(snrTwice, snrOnce - 3, 60);
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void The_end_of_a_stream_brings_out_what_was_still_on_its_way_and_a_new_one_can_begin(int from, int to)
    {
        var resampler = new Resampler(from, to);
        var click = new short[from / 50];
        click[^1] = 30_000;
        resampler.Resample(click);

        var rest = new short[resampler.FlushLength];
        Assert.Throws<ArgumentException>(() => resampler.Flush(rest.AsSpan(1)));
        Assert.Equal(rest.Length, resampler.Flush(rest));

        Assert.InRange(rest.Length, Math.Floor(resampler.Delay.TotalSeconds * to), resampler.Delay.TotalSeconds * to + (double)to / from + 1);
        Assert.InRange(rest.Max(), 30_000 * 0.8 * Math.Min(1, (double)to / from), 30_000);
        Assert.Equal(new Resampler(from, to).Resample(click), resampler.Resample(click));
    }

    [Fact]
    public void Full_scale_clips_instead_of_wrapping_round()
    {
        var square = Enumerable.Range(0, 1_600).Select(i => i / 8 % 2 == 0 ? short.MaxValue : short.MinValue).ToArray();

        var output = new Resampler(8_000, 16_000).Resample(square);

        Assert.All(output[200..].Zip(output[201..]), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 50_000));
    }

    [Fact]
    public void Too_little_room_is_refused_and_nothing_is_consumed()
    {
        var resampler = new Resampler(8_000, 16_000);

        Assert.Throws<ArgumentException>(() => resampler.Resample(new short[160], new short[319]));

        Assert.Equal(320, resampler.OutputLength(160));
    }

    private static short[] ThereAndBack(short[] samples) =>
        new Resampler(16_000, 8_000).Resample(new Resampler(8_000, 16_000).Resample(samples));

    private static short[] ThroughMulaw(short[] samples)
    {
        var codes = new byte[samples.Length];
        Mulaw.Encode(samples, codes);
        var decoded = new short[samples.Length];
        Mulaw.Decode(codes, decoded);
        return decoded;
    }
}
