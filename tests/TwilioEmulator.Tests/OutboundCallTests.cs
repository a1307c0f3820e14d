using System.Globalization;
using System.Text.Json;

namespace Rapida.TwilioEmulator.Tests;

/// <summary>A call that was placed, from the queue to its end, as its customer sees it.</summary>
public sealed class OutboundCallTests : IAsyncLifetime
{
    private const string Ann = "+13125550188";
    private EmulatorUnderTest _emulator = null!;

    private FakeApplication Application => _emulator.Application;

    public async Task InitializeAsync()
    {
        _emulator = await EmulatorUnderTest.StartAsync();
        Application.Twiml("/voice", "<Pause/>");
    }

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task Every_event_is_told_with_its_number_and_its_fields()
    {
        await _emulator.DescribeAsync(Ann, new { ring_ms = 100, stay_ms = 61_000, media = false });

        var sid = await DialAsync("initiated", "ringing", "answered", "completed");
        await _emulator.EventAsync(sid, "answered");
        await EndAsync(sid);

        var told = Told();
        Assert.Equal(["initiated", "ringing", "in-progress", "completed"], told.Select(t => t["CallStatus"]));
        Assert.Equal(["0", "1", "2", "3"], told.Select(t => t["SequenceNumber"]));
        Assert.All(told, t => Assert.Equal(
            (sid, EmulatorUnderTest.AccountSid, "outbound-api", EmulatorUnderTest.Number, EmulatorUnderTest.Number, Ann, Ann, "call-progress-events", "2010-04-01", ""),
            (t["CallSid"], t["AccountSid"], t["Direction"], t["From"], t["Caller"], t["To"], t["Called"], t["CallbackSource"], t["ApiVersion"], t["ToCity"])));
        Assert.All(told, t => Assert.True(
            DateTimeOffset.TryParseExact(t["Timestamp"], "ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)));
        Assert.All(told, t => Assert.Equal(
            Webhooks.TwilioSignature.Compute(EmulatorUnderTest.AuthToken, Application.Url("/status"), t.Form), t.Headers["X-Twilio-Signature"]));
        Assert.All(told.SkipLast(1), t => Assert.DoesNotContain(t.Form, f => f.Key is "CallDuration" or "Duration" or "SipResponseCode"));
        Assert.Equal(("200", "1"), (told[^1]["SipResponseCode"], told[^1]["Duration"]));
        Assert.InRange(int.Parse(told[^1]["CallDuration"], CultureInfo.InvariantCulture), 1, 60);

        var document = Assert.Single(Application.RequestsTo("/voice"));
        Assert.Equal(("in-progress", "outbound-api"), (document["CallStatus"], document["Direction"]));
        Assert.DoesNotContain(document.Form, f => f.Key is "CallToken" or "StirVerstat" or "AnsweredBy");
    }

    [Fact]
    public async Task Without_a_choice_only_the_end_is_told_but_all_events_are_counted()
    {
        await _emulator.DescribeAsync(Ann, new { ring_ms = 0, stay_ms = 100, media = false });

        await _emulator.EndOfAsync(await DialAsync());

        var only = Assert.Single(Told());
        Assert.Equal(("completed", "3"), (only["CallStatus"], only["SequenceNumber"]));
    }

    [Theory]
    [InlineData("busy", "busy", "486", "1")]
    [InlineData("rejected", "busy", "603", "2")]
    [InlineData("failed", "failed", "503", "1")]
    [InlineData("unreachable", "failed", "404", "1")]
    [InlineData("no-answer", "no-answer", "487", "2")]
    public async Task An_unanswered_call_ends_as_its_callee_says(string outcome, string status, string sip, string sequence)
    {
        await _emulator.DescribeAsync(Ann, new { outcome, ring_ms = 100 });

        var report = await _emulator.EndOfAsync(await DialAsync([("Timeout", "1")]));

        var end = Assert.Single(Told());
        Assert.Equal((status, sip, "0", sequence), (end["CallStatus"], end["SipResponseCode"], end["CallDuration"], end["SequenceNumber"]));
        Assert.DoesNotContain(end.Form, f => f.Key == "Duration");
        Assert.Equal((status, "not_answered"), (Text(report, "status"), Text(report, "end_reason")));
        Assert.Empty(Application.RequestsTo("/voice"));
        var call = await ShowAsync(Text(report, "call_sid")!);
        Assert.Equal(status, Text(call, "status"));
        Assert.Equal([JsonValueKind.Null, JsonValueKind.Null], [call.GetProperty("duration").ValueKind, call.GetProperty("end_time").ValueKind]);
    }

    [Fact]
    public async Task Nobody_is_rung_longer_than_the_timeout_and_five_seconds_more()
    {
        await _emulator.DescribeAsync(Ann, new { ring_ms = 6_100 });

        var report = await _emulator.EndOfAsync(await DialAsync([("Timeout", "1")]));

        Assert.Equal("no-answer", Text(report, "status"));
        var rang = report.GetProperty("ended_at").GetDateTimeOffset() - report.GetProperty("started_at").GetDateTimeOffset();
        Assert.InRange(rang.TotalSeconds, 0.9, 30);
    }

    [Theory]
    [InlineData("canceled")]
    [InlineData("completed")]
    public async Task A_ringing_call_can_be_cancelled(string status)
    {
        await _emulator.DescribeAsync(Ann, new { ring_ms = 60_000 });
        var sid = await DialAsync();
        await _emulator.EventAsync(sid, "ringing");

        await _emulator.PostAsync(CallPath(sid), ("Status", status));
        await _emulator.EndOfAsync(sid);

        var end = Assert.Single(Told());
        Assert.Equal(("canceled", "487"), (end["CallStatus"], end["SipResponseCode"]));
        Assert.Equal("canceled", Text(await ShowAsync(sid), "status"));
    }

    [Fact]
    public async Task A_call_that_is_answered_cannot_be_cancelled_but_completed()
    {
        await _emulator.DescribeAsync(Ann, new { ring_ms = 0, media = false });
        var sid = await DialAsync();
        await _emulator.EventAsync(sid, "answered");

        var (_, left) = await _emulator.PostAsync(CallPath(sid), ("Status", "canceled"));
        await _emulator.PostAsync(CallPath(sid), ("Status", "completed"));
        var report = await _emulator.EndOfAsync(sid);

        Assert.Equal("in-progress", Text(left, "status"));
        Assert.Equal(("completed", "rest_completed"), (Text(report, "status"), Text(report, "end_reason")));
    }

    [Fact]
    public async Task The_time_limit_ends_a_call_and_can_be_changed_while_it_runs()
    {
        await _emulator.DescribeAsync(Ann, new { ring_ms = 0, media = false });

        var first = await _emulator.EndOfAsync(await DialAsync([("TimeLimit", "1")]));
        var sid = await DialAsync();
        await _emulator.EventAsync(sid, "answered");
        await _emulator.PostAsync(CallPath(sid), ("TimeLimit", "1"));
        var second = await _emulator.EndOfAsync(sid);

        Assert.All([first, second], report => Assert.Equal(("completed", "time_limit"), (Text(report, "status"), Text(report, "end_reason"))));
        Assert.Contains(32015, EmulatorUnderTest.Warnings(first));
    }

    [Fact]
    public async Task The_callee_talks_and_hears_as_a_caller_does()
    {
        var (words, greeting) = (ServerSide.Tone(400), ServerSide.Tone(300, 880));
        await _emulator.DescribeAsync(Ann, new { ring_ms = 100, mode = "timed", hangup_after_ms = 3_000, wav_bytes = EmulatorUnderTest.Wav(words) });
        var heard = new MemoryStream();
        Application
            .Twiml("/voice", $"""<Connect><Stream url="{Application.StreamUrl()}"/></Connect>""")
            .Stream(async server =>
            {
                await server.UntilAsync("start");
                await server.SendAudioAsync(greeting);
                await server.ReadToEndAsync();
                foreach (var media in server.Messages.Where(m => ServerSide.Kind(m) == "media"))
                    heard.Write(media.GetProperty("media").GetProperty("payload").GetBytesFromBase64());
            });

        var report = await _emulator.EndOfAsync(await DialAsync());

        Assert.Equal(("outbound-api", "caller_hung_up"), (Text(report, "direction"), Text(report, "end_reason")));
        Assert.True(EmulatorUnderTest.Heard(report).AsSpan().IndexOf(greeting) >= 0);
        Assert.True(EmulatorUnderTest.Heard(report, "caller_wav").AsSpan().IndexOf(words) >= 0);
        Assert.True(heard.ToArray().AsSpan().IndexOf(words) >= 0);
    }

    [Fact]
    public async Task Inline_twiml_runs_after_the_keys_that_were_asked_for()
    {
        await _emulator.DescribeAsync(Ann, new { ring_ms = 0 });

        var report = await _emulator.EndOfAsync(await _emulator.DialAsync(
            Ann, ("Twiml", "<Response><Say>Hello</Say></Response>"), ("SendDigits", "1w2"), ("MachineDetection", "Enable")));

        Assert.Equal("1w2", Text(Assert.Single(report.GetProperty("played").EnumerateArray()), "digits"));
        Assert.Equal("Hello", Text(Assert.Single(report.GetProperty("said").EnumerateArray()), "text"));
        Assert.Equal("end_of_document", Text(report, "end_reason"));
        // Keys put machine detection out.
        Assert.Equal(JsonValueKind.Null, report.GetProperty("answered_by").ValueKind);
    }

    [Fact]
    public async Task A_failed_document_is_asked_of_the_fallback_of_the_call()
    {
        await _emulator.DescribeAsync(Ann, new { ring_ms = 0 });
        Application.Raw("/voice", "no", "text/xml", status: 500).Twiml("/fallback", "<Hangup/>");

        var report = await _emulator.EndOfAsync(await DialAsync([("FallbackUrl", Application.Url("/fallback")), ("FallbackMethod", "GET")]));

        Assert.Equal("hangup_verb", Text(report, "end_reason"));
        Assert.Contains("ErrorCode=11200", Assert.Single(Application.RequestsTo("/fallback")).RawTarget);
    }

    [Fact]
    public async Task A_quiet_person_answers_where_nobody_was_described()
    {
        var report = await _emulator.EndOfAsync(await DialAsync());

        Assert.Equal(("completed", "end_of_document"), (Text(report, "status"), Text(report, "end_reason")));
        Assert.Empty(report.GetProperty("caller_utterances").EnumerateArray());
    }

    private Task<string> DialAsync(params string[] events) => DialAsync(events.Select(e => ("StatusCallbackEvent", e)));

    private Task<string> DialAsync(IEnumerable<(string Key, string Value)> more) =>
        _emulator.DialAsync(Ann, [("Url", Application.Url("/voice")), ("StatusCallback", Application.Url("/status")), .. more]);

    private async Task EndAsync(string sid)
    {
        await _emulator.PostAsync(CallPath(sid), ("Status", "completed"));
        await _emulator.EndOfAsync(sid);
    }

    // They are requests of their own, and may come in any order.
    private IReadOnlyList<Received> Told() => [.. Application.RequestsTo("/status").OrderBy(r => r["SequenceNumber"])];

    private async Task<JsonElement> ShowAsync(string sid) => (await _emulator.GetAsync(CallPath(sid))).Body;

    private static string CallPath(string sid) => $"{EmulatorUnderTest.Account}/Calls/{sid}.json";

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
