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
    public void Long_speech_does_not_become_background()
    {
        var judged = Judge(8_000, Signals.Syllables(8_000, 20, -20));

        Assert.InRange(judged.Count(frame => frame.Voiced), 600, 800);
    }

    [Fact]
    public void Our_own_echo_is_not_speech_but_the_caller_over_it_is()
    {
        var ours = Signals.Syllables(8_000, 4, -18);
        var echo = (short[])[.. new short[1_600], .. ours.Select(sample => (short)(sample / 10)).Take(ours.Length - 1_600)];

        Assert.Empty(Turns(8_000, echo, ours));
        Assert.NotEmpty(Turns(8_000, Signals.Mix(echo, Signals.Syllables(8_000, 4, -22)), ours));
    }

    [Fact]
    public void Hum_and_offset_of_the_line_are_not_speech()
    {
        var hum = Signals.Tone(50, 8_000, 5, dbfs: -40).Select(sample => (short)(sample + 800)).ToArray();

        Assert.DoesNotContain(Turns(8_000, hum), turn => turn.First > 2);
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
