using FsCheck;
using FsCheck.Fluent;
using Rapida.Audio;

namespace Audio.Tests;

public sealed class EnergyVadTests
{
    [Theory]
    [InlineData(8_000, -60)]
    [InlineData(8_000, -45)]
    [InlineData(8_000, -30)]
    [InlineData(8_000, -15)]
    [InlineData(16_000, -30)]
    public void Thirty_seconds_of_noise_are_at_most_one_false_turn(int rate, double dbfs)
    {
        var turns = Turns(rate, Signals.Noise(rate, 30, dbfs));

        Assert.InRange(turns.Count, 0, 1);
        Assert.All(turns, turn => Assert.InRange(turn.Last, 0, 100));
    }

    [Theory]
    [InlineData(-40)]
    [InlineData(-30)]
    [InlineData(-20)]
    public void Noise_that_swings_is_at_most_one_false_turn(double dbfs)
    {
        for (var seed = 1; seed <= 5; seed++)
            Assert.InRange(Turns(8_000, Signals.SwingingNoise(8_000, 30, dbfs, seed)).Count, 0, 1);
    }

    [Fact]
    public void A_few_lost_packets_do_not_turn_noise_into_a_voice()
    {
        var noise = Signals.Noise(8_000, 10, -40);
        foreach (var lost in new[] { 240, 241, 320, 400 })
            noise.AsSpan(lost * 160, 160).Clear();

        Assert.DoesNotContain(Judge(8_000, noise)[100..], frame => frame.Voiced);
    }

    [Fact]
    public void Noise_that_begins_in_the_middle_of_a_call_is_at_most_one_false_turn()
    {
        var turns = Turns(8_000, [.. new short[80_000], .. Signals.Noise(8_000, 30, -35)]);

        Assert.InRange(turns.Count, 0, 1);
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(16_000)]
    public void Speech_on_a_quiet_line_is_heard_within_two_frames(int rate)
    {
        var turns = Turns(rate, [.. new short[rate * 2], .. Signals.Syllables(rate, 3, -20), .. new short[rate]]);

        Assert.InRange(turns[0].First, 100, 101);
        Assert.InRange(turns[^1].Last, 240, 252);
    }

    [Fact]
    public void Speech_is_heard_over_noise_fifteen_decibels_below_it()
    {
        var noise = Signals.Noise(8_000, 8, -38);
        var voice = (short[])[.. new short[32_000], .. Signals.Syllables(8_000, 3, -20), .. new short[8_000]];

        var judged = Judge(8_000, Signals.Mix(noise, voice));

        Assert.DoesNotContain(judged[100..199], frame => frame.Voiced);
        Assert.InRange(judged[200..350].Count(frame => frame.Voiced), 80, 120);
        Assert.DoesNotContain(judged[355..], frame => frame.Voiced);
    }

    [Fact]
    public void The_pitch_of_a_voice_stands_out_of_white_noise()
    {
        var vowel = (short[])[.. new short[3_200], .. Signals.Tone(200, 8_000, 0.1, dbfs: -25)];
        var line = Signals.Mix(Signals.Noise(8_000, 12, -40), [.. new short[16_000], .. Enumerable.Repeat(vowel, 20).SelectMany(samples => samples)]);

        Assert.InRange(Judge(8_000, line)[100..].Chunk(25).Count(vowel => vowel.Any(frame => frame.Voiced)), 18, 20);
    }

    [Fact]
    public void A_voice_that_fades_is_heard_to_its_end_though_it_would_not_begin_one()
    {
        var fading = Signals.Noise(8_000, 0.2, -44);
        var line = (short[])[.. Signals.Noise(8_000, 2, -50), .. Signals.Noise(8_000, 0.2, -35), .. fading, .. Signals.Noise(8_000, 1, -50), .. fading];

        var judged = Judge(8_000, line);

        Assert.All(judged[100..120], frame => Assert.True(frame.Voiced));
        Assert.DoesNotContain(judged[121..], frame => frame.Voiced);
    }

    [Fact]
    public void The_softest_sounds_of_a_silent_line_are_no_voice() =>
        Assert.DoesNotContain(Judge(8_000, [.. new short[16_000], .. Signals.Noise(8_000, 1, -58)]), frame => frame.Voiced);

    [Fact]
    public void Long_speech_does_not_become_background()
    {
        var judged = Judge(8_000, Signals.Syllables(8_000, 20, -20));

        Assert.InRange(judged.Count(frame => frame.Voiced), 600, 800);
    }

    [Fact]
    public void Our_own_echo_is_no_voice_however_late_and_loud_lines_return_it()
    {
        var ours = Signals.Mix(Signals.Syllables(8_000, 6, -18), Signals.Noise(8_000, 6, -60));

        Prop.ForAll(Gen.Choose(80, 300).ToArbitrary(), Gen.Choose(10, 30).ToArbitrary(), (milliseconds, lossDb) =>
        {
            var echo = Signals.Echo(ours, milliseconds * 8, lossDb);
            var line = Signals.Mix(echo, Signals.Noise(8_000, 6, -65, seed: 2));
            return Judge(8_000, line, ours).All(frame => !frame.Voiced);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_caller_over_our_echo_is_heard_within_a_tenth_of_a_second()
    {
        var ours = Signals.Syllables(8_000, 6, -18);
        var voice = Signals.Syllables(8_000, 1, -18);

        Prop.ForAll(
            Gen.Choose(80, 300).ToArbitrary(), Gen.Choose(10, 30).ToArbitrary(),
            Gen.Zip(Gen.Choose(0, 6), Gen.Choose(100, 240)).ToArbitrary(),
            (milliseconds, lossDb, caller) =>
            {
                var (softerDb, start) = caller;
                var late = (short[])[.. new short[start * 160], .. voice.Select(sample => (short)(sample * Math.Pow(10, -softerDb / 20.0)))];
                var line = Signals.Mix(Signals.Echo(ours, milliseconds * 8, lossDb), [.. late, .. new short[ours.Length - late.Length]]);
                return Judge(8_000, line, ours)[start..(start + 5)].Any(frame => frame.Voiced);
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_soft_caller_is_heard_once_it_is_known_that_there_is_hardly_an_echo()
    {
        var ours = Signals.Syllables(8_000, 6, -18);
        var caller = (short[])[.. new short[32_000], .. Signals.Syllables(8_000, 2, -36)];

        Assert.Contains(Judge(8_000, Signals.Mix(Signals.Echo(ours, 1_000, 28), caller), ours)[200..210], frame => frame.Voiced);
    }

    [Fact]
    public void A_caller_softer_than_our_echo_is_heard_between_our_words()
    {
        var ours = Signals.Syllables(8_000, 6, -18);
        var caller = (short[])[.. new short[32_000], .. Signals.Noise(8_000, 1, -40), .. new short[8_000]];

        Assert.Contains(Judge(8_000, Signals.Mix(Signals.Echo(ours, 1_000, 10), caller), ours)[200..220], frame => frame.Voiced);
    }

    [Fact]
    public void A_loud_caller_is_not_learnt_as_our_echo()
    {
        var ours = Signals.Syllables(8_000, 7, -18);
        var callers = (short[])[
            .. new short[24_000], .. Signals.Noise(8_000, 1, -16), .. new short[8_000], .. Signals.Noise(8_000, 1, -36), .. new short[8_000]];

        Assert.Contains(Judge(8_000, Signals.Mix(Signals.Echo(ours, 1_000, 28), callers), ours)[250..260], frame => frame.Voiced);
    }

    [Fact]
    public void A_noise_as_loud_as_we_are_is_not_learnt_as_our_echo()
    {
        var ours = Signals.Syllables(8_000, 6, -18);
        var line = (short[])[.. Signals.Noise(8_000, 4, -17), .. new short[4_000], .. Signals.Noise(8_000, 1, -21), .. new short[4_000]];

        Assert.Contains(Judge(8_000, line, ours)[225..235], frame => frame.Voiced);
    }

    [Fact]
    public void The_echo_is_still_learnt_when_we_go_on_much_softer()
    {
        var ours = (short[])[.. Signals.Syllables(8_000, 0.9, -8), .. Signals.Syllables(8_000, 7, -26)];
        var caller = (short[])[.. new short[48_000], .. Signals.Noise(8_000, 1, -42), .. new short[7_200]];

        Assert.Contains(Judge(8_000, Signals.Mix(Signals.Echo(ours, 1_000, 28), caller), ours)[300..310], frame => frame.Voiced);
    }

    [Fact]
    public void An_echo_louder_than_was_assumed_is_known_for_one_after_three_seconds()
    {
        var ours = Signals.Syllables(8_000, 8, -18);

        Assert.DoesNotContain(Judge(8_000, Signals.Echo(ours, 1_000, 7), ours)[150..], frame => frame.Voiced);
    }

    [Fact]
    public void Hum_and_offset_of_the_line_are_not_speech()
    {
        var hum = Signals.Tone(50, 8_000, 5, dbfs: -40).Select(sample => (short)(sample + 800)).ToArray();

        Assert.DoesNotContain(Judge(8_000, hum)[3..], frame => frame.Voiced);
    }

    /// <summary>Turns as a session counts them: at least 80 ms of voice, ended by 700 ms without.</summary>
    private static List<(int First, int Last)> Turns(int rate, short[] near, short[]? far = null)
    {
        List<(int First, int Last)> turns = [];
        var run = 0;
        foreach (var (index, frame) in Judge(rate, near, far).Index())
        {
            run = frame.Voiced ? run + 1 : 0;
            if (run > 0 && turns.Count > 0 && index - turns[^1].Last <= 35)
                turns[^1] = turns[^1] with { Last = index };
            else if (run == 4)
                turns.Add((index - 3, index));
        }

        return turns;
    }

    private static List<VoiceActivity> Judge(int rate, short[] near, short[]? far = null)
    {
        var vad = new EnergyVad();
        var frame = rate / 50;
        return Enumerable.Range(0, near.Length / frame)
            .Select(i => vad.Push(near.AsSpan(i * frame, frame), far is null ? [] : far.AsSpan(i * frame, frame)))
            .ToList();
    }
}
