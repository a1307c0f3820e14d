using Rapida.Audio;
using Rapida.TwilioEmulator.Line;
using Rapida.TwilioEmulator.TwiML;

namespace Rapida.TwilioEmulator.Tests;

public sealed class PlayDigitsTests
{
    [Fact]
    public async Task The_tones_are_heard_and_told_and_the_next_verb_follows()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        emulator.Application
            .Twiml("/voice", "<Play digits='1w2'/><Play digits='*#W0' loop='2'/><Redirect>/after</Redirect>")
            .Twiml("/after", "<Hangup/>");

        var report = await emulator.CallAsync();

        Assert.Equal(["1w2", "*#W0", "*#W0"], report.GetProperty("played").EnumerateArray().Select(p => p.GetProperty("digits").GetString()));
        Assert.Equal("12*#0*#0", Keys(EmulatorUnderTest.Heard(report)));
        Assert.Single(emulator.Application.RequestsTo("/after"));
        Assert.Empty(EmulatorUnderTest.Warnings(report));
    }

    [Theory]
    [InlineData('1', 697, 1209)]
    [InlineData('5', 770, 1336)]
    [InlineData('#', 941, 1477)]
    [InlineData('D', 941, 1633)]
    public void A_key_is_its_row_and_its_column(char key, int row, int column)
    {
        var tone = Dtmf.Render($"{key}");

        int[] frequencies = [697, 770, 852, 941, 1209, 1336, 1477, 1633];
        Assert.Equal([row, column], frequencies.OrderByDescending(f => Power(tone.AsSpan(0, 800), f)).Take(2).Order());
        Assert.True(tone.AsSpan(800).IndexOfAnyExcept(Mulaw.Silence) < 0);
    }

    [Theory]
    [InlineData("<Play digits='1x'/>", 13430)]
    [InlineData("<Play digits=''/>", 13430)]
    [InlineData("<Play digits='1' loop='often'/>", 13410)]
    public void What_is_no_key_is_a_warning(string verb, int code) =>
        Assert.Equal(code, Assert.Single(TwimlParser.Parse($"<Response>{verb}</Response>").Warnings).Code);

    [Fact]
    public async Task A_file_is_not_played_and_said_not_to_be()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        emulator.Application.Twiml("/voice", "<Play>https://example.com/a.mp3</Play><Redirect>/after</Redirect>").Twiml("/after", "<Hangup/>");

        var report = await emulator.CallAsync();

        var warning = Assert.Single(report.GetProperty("warnings").EnumerateArray());
        Assert.Equal("This emulator does not carry out <Play> of a URL; it was skipped.", warning.GetProperty("message").GetString());
        Assert.Single(emulator.Application.RequestsTo("/after"));
    }

    // What a receiver of keys makes of it: in each stretch of sound the strongest row and the strongest column.
    private static string Keys(byte[] audio)
    {
        int[] rows = [697, 770, 852, 941], columns = [1209, 1336, 1477, 1633];
        var keys = "";
        var sounded = false;
        for (var at = 0; at + Frame.Bytes <= audio.Length; at += Frame.Bytes)
        {
            var frame = audio.AsSpan(at, Frame.Bytes).ToArray();
            var sounds = Frame.IsAudible(frame);
            if (sounds && !sounded)
            {
                var (row, column) = (rows.Index().MaxBy(r => Power(frame, r.Item)).Index, columns.Index().MaxBy(c => Power(frame, c.Item)).Index);
                keys += "123A456B789C*0#D"[row * 4 + column];
            }
            sounded = sounds;
        }
        return keys;
    }

    private static double Power(ReadOnlySpan<byte> mulaw, int hertz)
    {
        double real = 0, imaginary = 0;
        for (var i = 0; i < mulaw.Length; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * hertz * i / 8000);
            real += Mulaw.Decode(mulaw[i]) * cos;
            imaginary += Mulaw.Decode(mulaw[i]) * sin;
        }
        return real * real + imaginary * imaginary;
    }
}
