using Rapida.Audio;
using Rapida.Call;
using Rapida.Call.BargeIn;

namespace Rapida.TwilioEmulator.Tests;

/// <summary>The sounds of <c>make barge-in</c>, and what it makes of the emulator's report.</summary>
public sealed class BargeInTests
{
    [Fact]
    public void The_hum_is_350_ms_of_a_voice_whose_pitch_falls_and_rises()
    {
        var hum = Hum.Synthesise();

        Assert.Equal(TimeSpan.FromMilliseconds(350), hum.Duration);
        var pitch = new[] { 20, 140, 280 }.Select(ms => PitchOf(hum.Samples.Span.Slice(ms * 8, 480))).ToArray();
        Assert.All(pitch, hertz => Assert.InRange(hertz, 100, 145));
        Assert.True(pitch[1] < pitch[0] && pitch[1] < pitch[2], string.Join(' ', pitch));
    }

    [Fact]
    public void The_cough_is_250_ms_of_noise_in_two_bursts()
    {
        var cough = Cough.Synthesise();

        Assert.Equal(TimeSpan.FromMilliseconds(250), cough.Duration);
        var levels = Enumerable.Range(0, 12).Select(i => Loudness.Of(cough.Samples.Span.Slice(i * 160, 160))).ToArray();
        Assert.True(levels[4] < levels[0] - 10 && levels[5] > levels[4] + 6, string.Join(' ', levels));
    }

    [Theory]
    [InlineData(true, null, false, "went on", false)]
    [InlineData(true, 340, false, "stopped after 340 ms, spoke again after 2000 ms", true)]
    [InlineData(false, null, false, "went on", true)]
    [InlineData(false, null, true, "paused for 420 ms and resumed", true)]
    [InlineData(false, 340, false, "stopped after 340 ms, spoke again after 2000 ms", false)]
    public void The_assistant_should_stop_for_words_and_for_nothing_else(
        bool shouldStop, int? silencedAfterMs, bool resumed, string did, bool isRight)
    {
        var cue = new EmulatedCall.Cue(800, WasSpeaking: true, silencedAfterMs, resumed, 420, silencedAfterMs is null ? null : 2000);

        var row = new Row(null, new Interruption("sound", "sound.wav", shouldStop), cue);

        Assert.Contains(did, row.ToString(), StringComparison.Ordinal);
        Assert.Equal(isRight, row.IsRight);
    }

    [Theory]
    [InlineData(null, false, "never spoke")]
    [InlineData(800, false, "had fallen silent before")]
    public void An_assistant_who_was_not_speaking_shows_nothing(int? startMs, bool wasSpeaking, string did)
    {
        var cue = new EmulatedCall.Cue(startMs, wasSpeaking, null, false, 0, null);

        var row = new Row(new LineEcho(200, 15), new Interruption("mm-hm", "mm-hm.wav", false), cue);

        Assert.Contains(did, row.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("echo 200 ms, 15 dB  mm-hm", row.ToString(), StringComparison.Ordinal);
        Assert.False(row.IsRight);
    }

    [Theory]
    [InlineData("200,15", 200, 15)]
    [InlineData("80,12.5", 80, 12.5)]
    public void An_echo_is_a_delay_and_a_loss(string text, int delayMs, double lossDb) =>
        Assert.Equal(new LineEcho(delayMs, lossDb), LineEcho.Parse(text));

    [Theory]
    [InlineData("200")]
    [InlineData("200,x")]
    [InlineData("-1,15")]
    public void Anything_else_is_no_echo(string text) => Assert.Throws<CallFailedException>(() => LineEcho.Parse(text));

    // The lag at which the sound is most like itself, between 55 and 200 Hz.
    private static double PitchOf(ReadOnlySpan<short> samples)
    {
        var (best, lag) = (0.0, 0);
        for (var candidate = 40; candidate <= 145; candidate++)
        {
            double sum = 0, power = 1;
            for (var i = candidate; i < samples.Length; i++)
            {
                sum += samples[i] * (double)samples[i - candidate];
                power += Math.Pow(samples[i], 2) + Math.Pow(samples[i - candidate], 2);
            }
            if (sum / power > best)
                (best, lag) = (sum / power, candidate);
        }
        return 8000.0 / lag;
    }
}
