using System.Net.Http.Json;
using System.Text.Json;
using Rapida.TwilioEmulator.Caller;
using Rapida.TwilioEmulator.Line;

namespace Rapida.TwilioEmulator.Tests;

public sealed class ScoredCallerTests
{
    private static readonly CallerManners Usual = new();

    [Fact]
    public void A_cue_is_said_at_its_offset_into_its_stretch_whatever_is_heard()
    {
        // Stretches begin at 200, 2300 and 4000 ms; the pause of 580 ms after 1000 belongs to the first.
        var reports = Play(
            [Tone(300, stretch: 1, offsetMs: 500), Tone(200, stretch: 3, offsetMs: 0)], [(200, 1000), (1580, 1700), (2300, 3000), (4000, 4500)]);

        Assert.Equal([(700, 1000), (4000, 4200)], reports.Select(r => (r.StartMs!.Value, r.EndMs!.Value)));
    }

    [Fact]
    public void A_pause_of_600_ms_begins_a_new_stretch_and_a_shorter_one_does_not()
    {
        var within = Play([Tone(100, stretch: 2, offsetMs: 0)], [(0, 1000), (1580, 2000)]);
        var between = Play([Tone(100, stretch: 2, offsetMs: 0)], [(0, 1000), (1600, 2000)]);

        Assert.Null(Assert.Single(within).StartMs);
        Assert.Equal(1600, Assert.Single(between).StartMs);
    }

    [Fact]
    public void A_far_end_that_goes_on_was_not_silenced()
    {
        var report = Assert.Single(Play([Tone(300, offsetMs: 400)], [(0, 4000)]));

        Assert.Equal(new CueReport(400, 700, WasSpeaking: true, null, Resumed: false, 0, null), report);
    }

    [Theory]
    [InlineData(180, null, false, 180)]
    [InlineData(200, null, true, 200)]
    [InlineData(580, null, true, 580)]
    [InlineData(600, 300, false, 0)]
    public void How_long_it_is_quiet_decides_between_going_on_resuming_and_falling_silent(
        int quietMs, int? silencedAfterMs, bool resumed, int pauseMs)
    {
        var report = Assert.Single(Play([Tone(100, offsetMs: 1000)], [(0, 1300), (1300 + quietMs, 5000)]));

        Assert.Equal((silencedAfterMs, resumed, pauseMs), (report.SilencedAfterMs, report.Resumed, report.LongestPauseMs));
        Assert.Equal(silencedAfterMs is null ? null : 300 + quietMs, report.SpokeAgainAfterMs);
    }

    [Theory]
    [InlineData(1500, 1500)]
    [InlineData(1520, null)]
    public void A_silence_that_begins_more_than_one_and_a_half_seconds_later_has_other_reasons(int afterMs, int? silencedAfterMs)
    {
        var report = Assert.Single(Play([Tone(100, offsetMs: 1000)], [(0, 1000 + afterMs), (5000, 6000)]));

        Assert.Equal(silencedAfterMs, report.SilencedAfterMs);
    }

    [Fact]
    public void A_far_end_that_paused_may_fall_silent_later()
    {
        var report = Assert.Single(Play([Tone(100, offsetMs: 1000)], [(0, 1200), (1500, 2000)]));

        Assert.Equal((1000, true, null), (report.SilencedAfterMs, report.Resumed, report.SpokeAgainAfterMs));
    }

    [Fact]
    public void Into_silence_nothing_is_silenced_and_the_answer_is_timed()
    {
        var report = Assert.Single(Play([Tone(300, offsetMs: 2000)], [(0, 1000), (2900, 3500)]));

        Assert.Equal(new CueReport(2000, 2300, WasSpeaking: false, null, Resumed: false, 0, 900), report);
    }

    [Theory]
    [InlineData(1400, true, 0)]
    [InlineData(1380, false, null)]
    public void A_silence_that_had_begun_before_the_cue_is_not_its_doing(int quietFromMs, bool wasSpeaking, int? silencedAfterMs)
    {
        var report = Assert.Single(Play([Tone(300, offsetMs: 1400)], [(0, quietFromMs), (3000, 3500)]));

        Assert.Equal((wasSpeaking, silencedAfterMs, 1600), (report.WasSpeaking, report.SilencedAfterMs, report.SpokeAgainAfterMs));
    }

    [Fact]
    public void A_pause_that_had_begun_before_the_cue_is_not_its_doing()
    {
        var report = Assert.Single(Play([Tone(300, offsetMs: 1400)], [(0, 1300), (1600, 5000)]));

        Assert.Equal(new CueReport(1400, 1700, WasSpeaking: true, null, Resumed: false, 0, null), report);
    }

    [Fact]
    public void A_cue_whose_moment_comes_during_another_follows_it()
    {
        var reports = Play([Tone(500, offsetMs: 100), Tone(100, offsetMs: 200)], [(0, 3000)]);

        Assert.Equal([(100, 600), (600, 700)], reports.Select(r => (r.StartMs!.Value, r.EndMs!.Value)));
    }

    [Fact]
    public void A_cue_begins_with_its_first_sound()
    {
        byte[] sound = ServerSide.Tone(200);
        byte[] recording = [.. Silence(300), .. sound, .. Silence(300)];

        var cue = Cue.Of(CallerScript.FromWav(new MemoryStream(EmulatorUnderTest.Wav(recording))), 1, TimeSpan.Zero);

        Assert.Equal(sound, cue.Audio.ToArray());
    }

    [Fact]
    public void A_cue_may_be_silence()
    {
        byte[] silence = [.. Silence(300)];

        Assert.Equal(silence, Cue.Of(CallerScript.FromWav(new MemoryStream(EmulatorUnderTest.Wav(silence))), 1, TimeSpan.Zero).Audio.ToArray());
    }

    [Fact]
    public void The_caller_hangs_up_some_time_after_the_last_cue_and_waits_longer_for_one_to_come()
    {
        var manners = Usual with { FarewellWait = TimeSpan.FromSeconds(4), SilentStay = TimeSpan.FromSeconds(8) };

        Assert.Equal(100 + 300 + 4000, HangsUpAt([Tone(300, offsetMs: 100)], manners));
        Assert.Equal(8000, HangsUpAt([Tone(300, stretch: 2, offsetMs: 0)], manners));
        Assert.Equal(2000, HangsUpAt([Tone(300, offsetMs: 100)], manners with { HangUpAfter = TimeSpan.FromSeconds(2) }));
    }

    [Fact]
    public async Task The_report_has_one_line_for_each_cue()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        emulator.Application
            .Twiml("/voice", $"""<Connect><Stream url="{emulator.Application.StreamUrl()}"/></Connect>""")
            .Stream(async server =>
            {
                await server.UntilAsync("start");
                await server.SendAudioAsync(ServerSide.Tone(800));
                await server.ReadToEndAsync();
            });

        var report = await emulator.CallAsync(new
        {
            to = EmulatorUnderTest.Number,
            mode = "score",
            cues = new object[]
            {
                new { wav_bytes = EmulatorUnderTest.Wav(ServerSide.Tone(200)), after = "assistant_begins", offset_ms = 500 },
                new { wav_bytes = EmulatorUnderTest.Wav(ServerSide.Tone(200)), after = "assistant_sentence", stretch = 2, offset_ms = 0 },
            },
            hangup_after_ms = 3000,
        });

        var cues = report.GetProperty("cues").EnumerateArray().ToList();
        Assert.Equal(2, cues.Count);
        Assert.Equal(200, cues[0].GetProperty("end_ms").GetInt32() - cues[0].GetProperty("start_ms").GetInt32());
        Assert.True(cues[0].GetProperty("was_speaking").GetBoolean());
        Assert.Equal(300, cues[0].GetProperty("silenced_after_ms").GetInt32());
        Assert.Equal(JsonValueKind.Null, cues[1].GetProperty("start_ms").ValueKind);
        Assert.Single(report.GetProperty("caller_utterances").EnumerateArray());
    }

    [Theory]
    [InlineData("""{ "mode": "score" }""")]
    [InlineData("""{ "mode": "score", "cues": [{}] }""")]
    [InlineData("""{ "mode": "score", "cues": [{ "wav_bytes": "{wav}", "stretch": 0, "after": "assistant_sentence" }] }""")]
    [InlineData("""{ "mode": "score", "cues": [{ "wav_bytes": "{wav}", "stretch": 2 }] }""")]
    [InlineData("""{ "mode": "score", "cues": [{ "wav_bytes": "{wav}", "offset_ms": -1 }] }""")]
    [InlineData("""{ "mode": "turns", "cues": [{ "wav_bytes": "{wav}" }] }""")]
    public async Task A_score_that_cannot_be_performed_is_refused(string json)
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        var wav = Convert.ToBase64String(EmulatorUnderTest.Wav(ServerSide.Tone(100)));
        var request = System.Text.Json.Nodes.JsonNode.Parse(json.Replace("{wav}", wav, StringComparison.Ordinal))!.AsObject();
        request["to"] = EmulatorUnderTest.Number;

        using var response = await emulator.Http.PostAsJsonAsync("/emulator/calls", request);

        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("invalid_cue", problem.GetProperty("code").GetString());
    }

    /// <summary>Lets the caller follow the score for eight seconds, in which the far end sounds from and to the given milliseconds.</summary>
    private static IReadOnlyList<CueReport> Play(Cue[] cues, (int FromMs, int ToMs)[] farEnd)
    {
        var caller = new ScoredCaller(cues, Usual);
        var frame = new byte[Frame.Bytes];
        for (var now = 0; now < 8000; now += Frame.Milliseconds)
            caller.Speak(frame, farEnd.Any(sound => sound.FromMs <= now && now < sound.ToMs));
        return caller.Cues();
    }

    private static int HangsUpAt(Cue[] cues, CallerManners manners)
    {
        var caller = new ScoredCaller(cues, manners);
        var frame = new byte[Frame.Bytes];
        var now = 0;
        for (; !caller.HangsUp; now += Frame.Milliseconds)
            caller.Speak(frame, farEndSpeaks: now < 1000);
        return now;
    }

    private static Cue Tone(int milliseconds, int stretch = 1, int offsetMs = 0) =>
        new(ServerSide.Tone(milliseconds), stretch, TimeSpan.FromMilliseconds(offsetMs));

    private static IEnumerable<byte> Silence(int milliseconds) => Enumerable.Repeat((byte)0xFF, milliseconds * 8);
}
