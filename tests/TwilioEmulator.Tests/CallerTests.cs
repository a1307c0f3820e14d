using Rapida.Audio;
using Rapida.TwilioEmulator.Caller;
using Rapida.TwilioEmulator.Line;

namespace Rapida.TwilioEmulator.Tests;

public sealed class CallerTests
{
    private static readonly CallerManners Usual = new();

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public void A_recording_is_cut_where_it_is_quiet_for_700_ms(int noise)
    {
        // Speech of 1 s and 0.5 s; the pause of 0.6 s belongs to a sentence, those of 0.8 and 1 s do not.
        var script = Script([(800, 0), (1000, 1), (600, 0), (500, 1), (1000, 0), (500, 1), (300, 0)], noise);

        Assert.False(script.IsNoise);
        Assert.Equal([new Piece(40, 145), new Piece(195, 220)], script.Pieces);
    }

    [Fact]
    public void Steady_noise_has_no_turns() => Assert.True(Script([(2000, 0)], 3000).IsNoise);

    [Fact]
    public void Silence_has_no_pieces() => Assert.Empty(Script([(2000, 0)], 0).Pieces);

    [Fact]
    public void The_caller_lets_the_greeting_end_and_then_speaks_after_half_a_second_of_quiet()
    {
        var talk = Simulate(Script([(800, 0), (400, 1), (800, 0), (400, 1)], 0), Usual, frames: 600, farEnd: f => f is >= 10 and < 60 or >= 150 and < 180);

        // The greeting ends at frame 60 and the answer at 180; 25 frames are half a second, 5 the breath before the words.
        Assert.Equal([(60 + 24 + 5, 60 + 24 + 25), (180 + 24 + 5, 180 + 24 + 25)], talk.Utterances);
    }

    [Fact]
    public void Without_a_greeting_the_caller_speaks_first_after_three_seconds()
    {
        var talk = Simulate(Script([(800, 0), (400, 1)], 0), Usual, frames: 300, farEnd: _ => false);

        Assert.Equal([(149 + 5, 149 + 25)], talk.Utterances);
    }

    [Fact]
    public void After_the_last_words_the_caller_waits_twenty_seconds_and_hangs_up_but_not_into_a_sentence()
    {
        var silent = Simulate(Script([(800, 0), (400, 1)], 0), Usual, frames: 2000, farEnd: f => f < 10);
        var spoken = Simulate(Script([(800, 0), (400, 1)], 0), Usual, frames: 2000, farEnd: f => f < 10 || f is > 100 and < 1500);

        Assert.InRange(silent.HungUpAt!.Value, 1000, 1080);
        Assert.InRange(spoken.HungUpAt!.Value, 1500, 1530);
    }

    [Fact]
    public void In_timed_mode_the_recording_plays_from_the_start_whatever_is_heard()
    {
        var talk = Simulate(Script([(200, 0), (400, 1), (200, 0)], 0), Usual with { Mode = CallerMode.Timed }, frames: 100, farEnd: _ => true);

        Assert.Equal([(10, 30)], talk.Utterances);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_silent_recording_is_a_caller_who_never_speaks_and_stays(bool timed)
    {
        var mode = timed ? CallerMode.Timed : CallerMode.Turns;
        var talk = Simulate(Script([(1000, 0)], 0), Usual with { Mode = mode, SilentStay = TimeSpan.FromSeconds(60) }, frames: 4000, farEnd: f => f % 100 < 20);

        Assert.Empty(talk.Utterances);
        Assert.InRange(talk.HungUpAt!.Value, 2999, 3060);
    }

    private static (List<(int, int)> Utterances, int? HungUpAt) Simulate(CallerScript script, CallerManners manners, int frames, Func<int, bool> farEnd)
    {
        var caller = new SimulatedCaller(script, manners);
        caller.Begin();
        var utterances = new List<(int Start, int End)>();
        var buffer = new byte[Frame.Bytes];
        for (var i = 0; i < frames; i++)
        {
            if (caller.Speak(buffer, farEnd(i)))
            {
                if (utterances is [.., var last] && last.End == i)
                    utterances[^1] = (last.Start, i + 1);
                else
                    utterances.Add((i, i + 1));
            }
            if (caller.HangsUp)
                return (utterances, i);
        }
        return (utterances, null);
    }

    private static CallerScript Script((int Milliseconds, int Voice)[] parts, int noise)
    {
        var random = new Random(1);
        var samples = new List<short>();
        foreach (var (milliseconds, voice) in parts)
        {
            for (var i = 0; i < milliseconds * 8; i++)
                samples.Add((short)(voice * 8000 * Math.Sin(i * 0.4) + noise * (random.NextDouble() * 2 - 1)));
        }
        using var wav = new MemoryStream();
        using (var writer = new WavWriter(wav, 8000, 1, leaveOpen: true))
            writer.Write(samples.ToArray());
        wav.Position = 0;
        return CallerScript.FromWav(wav);
    }
}
