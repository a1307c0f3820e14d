using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Rapida.Audio;
using Rapida.TwilioEmulator.Line;

namespace Rapida.TwilioEmulator.Tests;

public sealed class EchoTests
{
    [Fact]
    public void What_was_heard_comes_back_later_and_softer() => Prop.ForAll(
        Gen.Choose(80, 300).ToArbitrary(), Gen.Choose(10, 30).ToArbitrary(), (delayMs, lossDb) =>
    {
        var tone = ServerSide.Tone(500);
        var returned = Through(new Echo(delayMs, lossDb), heard: [.. tone, .. Silence(500)], said: Silence(1000));

        var delay = delayMs * 8;
        var echo = returned.AsSpan(delay, tone.Length);
        // mu-law keeps about 38 dB between a tone and its own noise; half a dB is far more than that can shift a level.
        return returned.AsSpan(0, delay).IndexOfAnyExcept(Mulaw.Silence) < 0
            && returned.AsSpan(delay + tone.Length).IndexOfAnyExcept(Mulaw.Silence) < 0
            && Math.Abs(LevelOf(tone) - lossDb - LevelOf(echo)) < 0.5;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_callers_own_voice_passes_unchanged_where_nothing_comes_back()
    {
        var voice = Enumerable.Range(0, 8000).Select(i => (byte)i).ToArray();

        Assert.Equal(voice, Through(new Echo(80, 10), Silence(1000), voice));
    }

    [Fact]
    public void Both_together_are_as_loud_as_the_line_can_be_and_do_not_wrap()
    {
        var loudest = Enumerable.Repeat(Mulaw.Encode(short.MaxValue), 8000).ToArray();

        Assert.Equal(loudest, Through(new Echo(80, 10), loudest, loudest));
    }

    [Fact]
    public void A_frame_costs_no_memory()
    {
        var echo = new Echo(200, 15);
        byte[] said = new byte[Frame.Bytes], heard = ServerSide.Tone(Frame.Milliseconds);
        echo.AddTo(said, heard);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            echo.AddTo(said, heard);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task The_server_and_the_callers_track_get_the_echo_of_what_was_played_and_a_clear_silences_it()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        var inbound = new TaskCompletionSource<byte[]>();
        emulator.Application
            .Twiml("/voice", $"""<Connect><Stream url="{emulator.Application.StreamUrl()}"/></Connect>""")
            .Stream(async server =>
            {
                await server.UntilAsync("start");
                await server.SendAudioAsync(ServerSide.Tone(400));
                await server.SendMarkAsync("playing");
                await server.SendAudioAsync(ServerSide.Tone(60_000));
                await server.UntilAsync("mark");
                await server.SendClearAsync();
                // Its mark comes back once the line is clear, however late the clear was read.
                await server.SendMarkAsync("cleared");
                await server.UntilAsync("mark");
                var cleared = server.Messages.Count;
                await server.UntilMediaAsync(cleared + 30);
                inbound.SetResult([.. server.Messages.Where(m => ServerSide.Kind(m) == "media").SelectMany(Payload)]);
                await server.CloseAsync();
            });

        var report = await emulator.CallAsync(new { to = EmulatorUnderTest.Number, echo = new { delay_ms = 200, loss_db = 15 } });

        var (caller, heard) = (EmulatorUnderTest.Heard(report, "caller_wav"), EmulatorUnderTest.Heard(report));
        Assert.Equal(await inbound.Task, caller[..(await inbound.Task).Length]);
        var ofHeard = (Start: heard.AsSpan().IndexOfAnyExcept(Mulaw.Silence), End: heard.AsSpan().LastIndexOfAnyExcept(Mulaw.Silence));
        var ofEcho = (Start: caller.AsSpan().IndexOfAnyExcept(Mulaw.Silence), End: caller.AsSpan().LastIndexOfAnyExcept(Mulaw.Silence));
        // The quietest samples of the tone come back as nothing.
        Assert.InRange(ofEcho.Start - ofHeard.Start, 1600 - 8, 1600 + 8);
        Assert.InRange(ofEcho.End - ofHeard.End, 1600 - 8, 1600 + 8);
        Assert.Empty(report.GetProperty("caller_utterances").EnumerateArray());
    }

    [Theory]
    [InlineData(79, 15)]
    [InlineData(301, 15)]
    [InlineData(200, 9.9)]
    [InlineData(200, 30.1)]
    public async Task An_echo_that_no_telephone_has_is_refused_with_a_sentence(int delayMs, double lossDb)
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();

        using var response = await emulator.Http.PostAsJsonAsync(
            "/emulator/calls", new { to = EmulatorUnderTest.Number, echo = new { delay_ms = delayMs, loss_db = lossDb } });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("invalid_echo", problem.GetProperty("code").GetString());
        Assert.Equal("An echo has delay_ms from 80 to 300 and loss_db from 10 to 30.", problem.GetProperty("detail").GetString());
    }

    private static byte[] Through(Echo echo, byte[] heard, byte[] said)
    {
        var result = said.ToArray();
        for (var at = 0; at < result.Length; at += Frame.Bytes)
            echo.AddTo(result.AsSpan(at, Frame.Bytes), heard.AsSpan(at, Frame.Bytes));
        return result;
    }

    private static float LevelOf(ReadOnlySpan<byte> mulaw)
    {
        var samples = new short[mulaw.Length];
        Mulaw.Decode(mulaw, samples);
        return Loudness.Of(samples);
    }

    private static byte[] Silence(int milliseconds) => [.. Enumerable.Repeat(Mulaw.Silence, milliseconds * 8)];

    private static byte[] Payload(JsonElement media) => media.GetProperty("media").GetProperty("payload").GetBytesFromBase64();
}
