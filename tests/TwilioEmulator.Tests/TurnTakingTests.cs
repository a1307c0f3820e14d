using System.Text.Json;

namespace Rapida.TwilioEmulator.Tests;

/// <summary>A whole conversation: the caller's recording in turns, the assistant's tones in answer.</summary>
public sealed class TurnTakingTests
{
    [Fact]
    public async Task The_report_tells_who_spoke_when_and_how_long_each_answer_took()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        emulator.Application
            .Twiml("/voice", $"""<Connect><Stream url="{emulator.Application.StreamUrl()}"/></Connect>""")
            .Stream(async server =>
            {
                await server.UntilAsync("start");
                await server.SendAudioAsync(ServerSide.Tone(300));
                for (var turn = 0; turn < 2; turn++)
                {
                    await server.UntilAsync(m => IsMedia(m, audible: true));
                    var quiet = 0;
                    await server.UntilAsync(m => (quiet = IsMedia(m, audible: false) ? quiet + 1 : 0) == 10);
                    await server.SendAudioAsync(ServerSide.Tone(300));
                }
                await server.SendMarkAsync("done");
                await server.UntilAsync("mark");
                await server.CloseAsync();
            });
        byte[] recording = [.. ServerSide.Tone(400), .. Enumerable.Repeat((byte)0xFF, 8000), .. ServerSide.Tone(400)];

        var report = await emulator.CallAsync(new
        {
            to = EmulatorUnderTest.Number,
            wav_bytes = EmulatorUnderTest.Wav(recording),
            greeting_wait_ms = 60_000,
            answer_wait_ms = 60_000,
        });

        var utterances = report.GetProperty("caller_utterances").EnumerateArray().ToList();
        Assert.Equal([400, 400], utterances.Select(u => u.GetProperty("end_ms").GetInt32() - u.GetProperty("start_ms").GetInt32()));
        var heard = report.GetProperty("heard").EnumerateArray().Select(h => h.GetProperty("start_ms").GetInt32()).ToList();
        Assert.Equal(3, heard.Count);
        Assert.Equal(heard.Skip(1), utterances.Select(u => u.GetProperty("end_ms").GetInt32() + u.GetProperty("gap_ms").GetInt32()));
        Assert.All(utterances, u => Assert.True(u.GetProperty("gap_ms").GetInt32() >= 200));
        Assert.Equal("end_of_document", report.GetProperty("end_reason").GetString());
        Assert.True(EmulatorUnderTest.Heard(report, "caller_wav").AsSpan().IndexOf(ServerSide.Tone(400)) >= 0);
    }

    private static bool IsMedia(JsonElement message, bool audible) =>
        ServerSide.Kind(message) == "media"
        && message.GetProperty("media").GetProperty("payload").GetBytesFromBase64().Any(b => b != 0xFF) == audible;
}
