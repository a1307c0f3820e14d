using System.Net.Http.Json;
using System.Text.Json;
using Rapida.Audio;
using Rapida.TwilioEmulator.Dialling;
using Rapida.TwilioEmulator.TwiML;

namespace Rapida.TwilioEmulator.Tests;

public sealed class DialTests : IAsyncLifetime
{
    private const string Ann = "+13125550188";
    private EmulatorUnderTest _emulator = null!;

    private FakeApplication Application => _emulator.Application;

    public async Task InitializeAsync() => _emulator = await EmulatorUnderTest.StartAsync();

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task Who_answers_is_heard_after_the_ringing_and_the_action_is_told_how_long_they_talked()
    {
        WithDial("action='/done'");
        var words = ServerSide.Tone(400);

        var report = await CallAsync(new { ring_ms = 200, stay_ms = 1800, wav_bytes = EmulatorUnderTest.Wav(words) });

        var action = Assert.Single(Application.RequestsTo("/done"));
        Assert.Equal(("completed", "true", "in-progress"), (action["DialCallStatus"], action["DialBridged"], action["CallStatus"]));
        Assert.Equal("[completed] +13125550188 from +13125550123", Dial(report));
        Assert.Equal(OnlyDial(report).GetProperty("seconds").GetRawText(), action["DialCallDuration"]);
        Assert.True(TalkedMs(report) >= 1800);
        Assert.Equal(OnlyDial(report).GetProperty("call_sid").GetString(), action["DialCallSid"]);
        Assert.StartsWith("CA", action["DialCallSid"]);
        Assert.True(OnlyDial(report).GetProperty("answered_ms").GetInt32() >= 200);
        var heard = EmulatorUnderTest.Heard(report);
        // The ringing tone from the first frame; then the person's words.
        Assert.True(heard.AsSpan(0, 160).IndexOfAnyExcept(Mulaw.Silence) >= 0);
        Assert.True(heard.AsSpan().IndexOf(words) >= 200 * 8);
        Assert.Empty(EmulatorUnderTest.Warnings(report));
    }

    [Theory]
    [InlineData("busy", "busy")]
    [InlineData("no-answer", "no-answer")]
    [InlineData("failed", "failed")]
    public async Task Without_an_action_the_next_verb_follows_whatever_came_of_it(string outcome, string status)
    {
        WithDial("timeout='1'");

        var report = await CallAsync(new { outcome, ring_ms = 100 });

        Assert.Equal($"[{status}] +13125550188 from +13125550123", Dial(report));
        Assert.Single(Application.RequestsTo("/after"));
        Assert.Empty(Application.RequestsTo("/done"));
    }

    [Fact]
    public async Task Nobody_is_rung_longer_than_the_timeout_and_five_seconds_more()
    {
        WithDial("timeout='1' action='/done'");

        var report = await CallAsync(new { ring_ms = 6_020, stay_ms = 60_000 });

        Assert.InRange(OnlyDial(report).GetProperty("end_ms").GetInt32(), 6_000, 30_000);
        var action = Assert.Single(Application.RequestsTo("/done"));
        Assert.Equal(("no-answer", "0", "false"), (action["DialCallStatus"], action["DialCallDuration"], action["DialBridged"]));
    }

    [Fact]
    public async Task The_time_limit_ends_the_dialled_call_and_not_the_callers()
    {
        WithDial("timeLimit='1' action='/done'");

        var report = await CallAsync(new { ring_ms = 0, stay_ms = 60_000 });

        Assert.InRange(TalkedMs(report), 1_000, 30_000);
        Assert.Equal("completed", Assert.Single(Application.RequestsTo("/done"))["DialCallStatus"]);
        Assert.Equal("hangup_verb", report.GetProperty("end_reason").GetString());
    }

    [Fact]
    public async Task The_star_key_ends_the_dialled_call_where_the_document_says_so()
    {
        WithDial("hangupOnStar='true' action='/done'");
        var sid = await PlaceAsync(new { ring_ms = 0, stay_ms = 60_000 });
        await _emulator.EventAsync(sid, "dial_answered");
        // Between the answer and the first frame nobody takes keys yet.
        while (!(await _emulator.Http.PostAsJsonAsync($"/emulator/calls/{sid}/dtmf", new { digits = "1*" })).IsSuccessStatusCode)
            await Task.Yield();

        var report = await _emulator.EndOfAsync(sid);

        Assert.Equal("completed", Assert.Single(Application.RequestsTo("/done"))["DialCallStatus"]);
        Assert.InRange(OnlyDial(report).GetProperty("end_ms").GetInt32(), 0, 50_000);
    }

    [Fact]
    public async Task A_caller_who_hangs_up_ends_the_dialled_call_too()
    {
        WithDial("action='/done'");

        var ringing = await HangUpAfterAsync("dial_started", new { outcome = "no-answer" });
        var talking = await HangUpAfterAsync("dial_answered", new { ring_ms = 100, stay_ms = 60_000 });

        Assert.Equal("[canceled] +13125550188 from +13125550123", Dial(ringing));
        Assert.Equal("[completed] +13125550188 from +13125550123", Dial(talking));
        Assert.Equal("caller_hung_up", talking.GetProperty("end_reason").GetString());
        Assert.Empty(Application.RequestsTo("/done"));
    }

    [Theory]
    [InlineData("busy", "busy", false)]
    [InlineData("no-answer", "no-answer", false)]
    [InlineData("answered", "completed", true)]
    public async Task With_answer_on_bridge_the_callers_call_is_answered_when_the_dialled_one_is(string outcome, string status, bool answered)
    {
        Application.Twiml("/voice", $"<Dial answerOnBridge='true' timeout='1'>{Ann}</Dial>");

        var report = await CallAsync(new { outcome, ring_ms = 200, stay_ms = 200 });

        Assert.Equal((status, answered), (report.GetProperty("status").GetString(), report.GetProperty("answered").GetBoolean()));
    }

    [Theory]
    [InlineData("312 555 0188", "", 13223)]
    [InlineData("", "", 13223)]
    [InlineData("+131255501", "", 13224)]
    [InlineData("+13125559999", "", 13224)]
    [InlineData(Ann, "callerId='+442071838750'", 13214)]
    public async Task A_number_that_cannot_be_dialled_has_its_warning_and_the_dial_failed(string number, string attribute, int code)
    {
        Application.Twiml("/voice", $"<Dial {attribute} action='/done'>{number}</Dial>").Twiml("/done", "<Hangup/>");

        var report = await CallAsync(new { });

        Assert.Equal([code], EmulatorUnderTest.Warnings(report));
        var action = Assert.Single(Application.RequestsTo("/done"));
        Assert.Equal(("failed", "false"), (action["DialCallStatus"], action["DialBridged"]));
    }

    [Fact]
    public async Task The_caller_talks_with_whoever_was_dialled()
    {
        WithDial("action='/done'");

        var report = await _emulator.CallAsync(new
        {
            to = EmulatorUnderTest.Number,
            // The silence makes it speech: a recording that never pauses is noise, and plays straight.
            wav_bytes = EmulatorUnderTest.Wav([.. Enumerable.Repeat(Mulaw.Silence, 4000), .. ServerSide.Tone(300)]),
            people = new Dictionary<string, object>
            {
                [Ann] = new { ring_ms = 0, stay_ms = 4_000, wav_bytes = EmulatorUnderTest.Wav(ServerSide.Tone(500)) },
            },
        });

        // After the person's words and half a second of quiet, less the first frame of it and the breath.
        Assert.True(Assert.Single(report.GetProperty("caller_utterances").EnumerateArray()).GetProperty("start_ms").GetInt32() >= 900);
    }

    [Fact]
    public async Task A_number_of_the_account_may_be_shown_as_the_caller()
    {
        Application.Twiml("/voice", $"<Dial callerId='{EmulatorUnderTest.Number}'><Number>{Ann}</Number></Dial>");

        var report = await CallAsync(new { ring_ms = 0, stay_ms = 20 });

        Assert.Equal($"[completed] +13125550188 from {EmulatorUnderTest.Number}", Dial(report));
    }

    [Fact]
    public async Task A_person_for_a_negative_time_is_refused_with_a_sentence()
    {
        using var response = await _emulator.Http.PostAsJsonAsync("/emulator/calls", Request(new { ring_ms = -1 }));

        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("invalid_person", problem.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("<Dial timeout='0'>+4930123456</Dial>", 13212)]
    [InlineData("<Dial timeout='601'>+4930123456</Dial>", 13212)]
    [InlineData("<Dial timeLimit='x'>+4930123456</Dial>", 13216)]
    [InlineData("<Dial hangupOnStar='yes'>+4930123456</Dial>", 13213)]
    [InlineData("<Dial answerOnBridge='1'>+4930123456</Dial>", 13219)]
    [InlineData("<Dial method='PUT'>+4930123456</Dial>", 13210)]
    [InlineData("<Dial>+4930123456<Say>Hello</Say></Dial>", 13215)]
    [InlineData("<Dial Timeout='5'>+4930123456</Dial>", 12200)]
    [InlineData("<Dial record='true'>+4930123456</Dial>", 0)]
    [InlineData("<Dial><Number statusCallback='/x'>+4930123456</Number></Dial>", 0)]
    [InlineData("<Dial><Number>+4930123456</Number><Number>+4930123457</Number></Dial>", 0)]
    public void What_a_dial_cannot_have_is_a_warning_and_the_default_holds(string verb, int code)
    {
        var document = TwimlParser.Parse($"<Response>{verb}</Response>");

        Assert.Equal(code, Assert.Single(document.Warnings).Code);
        Assert.Equal(new DialVerb("+4930123456"), Assert.Single(document.Verbs));
    }

    [Fact]
    public void A_conference_is_not_carried_out_and_said_to_be_so() => Assert.Equal(
        new UnsupportedVerb("<Dial> of a <Conference>"),
        Assert.Single(TwimlParser.Parse("<Response><Dial><Conference>Room</Conference></Dial></Response>").Verbs));

    [Fact]
    public void A_dial_has_twilios_defaults() => Assert.Equal(
        new DialVerb("+4930123456")
        {
            Method = "POST",
            Timeout = TimeSpan.FromSeconds(30),
            TimeLimit = TimeSpan.FromSeconds(14_400),
            AnswerOnBridge = false,
            HangupOnStar = false,
        },
        Assert.Single(TwimlParser.Parse("<Response><Dial>\n  +4930123456\n</Dial></Response>").Verbs));

    [Theory]
    [InlineData("+13125550100", null)]
    [InlineData("+13125550199", null)]
    [InlineData("+15551234567", null)]
    [InlineData("+442071838750", null)]
    [InlineData("+13125550200", 13224)]
    [InlineData("+0123", 13223)]
    [InlineData("+1234567890123456", 13223)]
    public void The_exchange_555_exists_in_novels_only(string number, int? code) => Assert.Equal(code, DialledNumber.Check(number)?.Code);

    [Theory]
    [InlineData(1_000, 1_499, 0)]
    [InlineData(1_000, 1_500, 1)]
    [InlineData(1_000, 62_499, 61)]
    [InlineData(null, 5_000, 0)]
    public void A_dial_is_told_to_the_nearest_second(int? answeredMs, int endMs, int seconds) =>
        Assert.Equal(seconds, new DialReport("CA", Ann, Ann, 0) { AnsweredMs = answeredMs, EndMs = endMs }.Seconds);

    private void WithDial(string attributes) => Application
        .Twiml("/voice", $"<Dial {attributes}>{Ann}</Dial><Redirect>/after</Redirect>")
        .Twiml("/done", "<Hangup/>")
        .Twiml("/after", "<Hangup/>");

    private async Task<JsonElement> CallAsync(object ann) => await _emulator.CallAsync(Request(ann));

    private Task<string> PlaceAsync(object ann) => _emulator.PlaceAsync(Request(ann));

    private async Task<JsonElement> HangUpAfterAsync(string happened, object ann)
    {
        var sid = await PlaceAsync(ann);
        await _emulator.EventAsync(sid, happened);
        using var response = await _emulator.Http.PostAsync($"/emulator/calls/{sid}/hangup", null);
        return await _emulator.EndOfAsync(sid);
    }

    private static object Request(object ann) => new { to = EmulatorUnderTest.Number, people = new Dictionary<string, object> { [Ann] = ann } };

    private static JsonElement OnlyDial(JsonElement report) => Assert.Single(report.GetProperty("dials").EnumerateArray());

    private static int TalkedMs(JsonElement report) =>
        OnlyDial(report).GetProperty("end_ms").GetInt32() - OnlyDial(report).GetProperty("answered_ms").GetInt32();

    private static string Dial(JsonElement report)
    {
        var dial = OnlyDial(report);
        return $"[{dial.GetProperty("status")}] {dial.GetProperty("to")} from {dial.GetProperty("from")}";
    }
}
