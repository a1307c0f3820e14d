using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Rapida.TwilioEmulator.Tests;

/// <summary>Who answers a number, and what goes wrong there.</summary>
public sealed class CalleeTests : IAsyncLifetime
{
    private const string Ann = "+13125550188";
    private EmulatorUnderTest _emulator = null!;

    private FakeApplication Application => _emulator.Application;

    public async Task InitializeAsync()
    {
        _emulator = await EmulatorUnderTest.StartAsync();
        Application.Twiml("/voice", "<Hangup/>");
    }

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task Callees_are_listed_until_they_are_forgotten()
    {
        await _emulator.DescribeAsync(Ann, new { outcome = "no-answer" });
        await _emulator.DescribeAsync(Ann, new { outcome = "busy", ring_ms = 5, stay_ms = 7, answered_by = "machine_end_beep", media = false });

        var (_, listed) = await _emulator.GetAsync("/emulator/callees");
        using var forgotten = await _emulator.Http.DeleteAsync($"/emulator/callees/{Uri.EscapeDataString(Ann)}");
        using var again = await _emulator.Http.DeleteAsync($"/emulator/callees/{Uri.EscapeDataString(Ann)}");

        Assert.Equal(
            """{"number":"+13125550188","outcome":"busy","ring_ms":5,"stay_ms":7,"answered_by":"machine_end_beep","media":false}""",
            Assert.Single(listed.GetProperty("callees").EnumerateArray()).GetRawText());
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (forgotten.StatusCode, again.StatusCode));
    }

    [Theory]
    [InlineData(Ann, """{ "ring_ms": -1 }""", "invalid_callee")]
    [InlineData(Ann, """{ "rest": { "answer": "rejected" } }""", "invalid_rest")]
    [InlineData(Ann, """{ "callbacks": { "late_ms": -1 } }""", "invalid_callbacks")]
    [InlineData(Ann, """{ "wav": "/nowhere.wav" }""", "unreadable_wav")]
    [InlineData(Ann, """{ "mode": "score" }""", "invalid_cue")]
    [InlineData("3125550188", "{}", "invalid_number")]
    public async Task What_cannot_be_had_is_refused_with_a_code(string number, string callee, string code)
    {
        using var body = new StringContent(callee, System.Text.Encoding.UTF8, "application/json");
        using var response = await _emulator.Http.PutAsync($"/emulator/callees/{Uri.EscapeDataString(number)}", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_rejected_creation_has_the_code_that_was_asked_for_and_creates_nothing()
    {
        await _emulator.DescribeAsync(Ann, new { rest = new { answer = "rejected", code = 21215 } });

        var (status, error) = await CreateAsync();

        Assert.Equal((HttpStatusCode.BadRequest, 21215), (status, error.GetProperty("code").GetInt32()));
        Assert.Empty(await DialsAsync());
    }

    [Fact]
    public async Task The_first_creations_can_be_too_many()
    {
        await _emulator.DescribeAsync(Ann, new { rest = new { answer = "rate_limited", times = 2 } });

        using var first = await _emulator.Http.PostAsync($"{EmulatorUnderTest.Account}/Calls.json", Form());
        var (second, error) = await CreateAsync();
        var (third, _) = await CreateAsync();

        Assert.Equal("1", first.Headers.GetValues("Retry-After").Single());
        Assert.Equal([HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests, HttpStatusCode.Created], [first.StatusCode, second, third]);
        Assert.Equal(20429, error.GetProperty("code").GetInt32());
        Assert.Single(await DialsAsync());
    }

    [Fact]
    public async Task A_lost_answer_leaves_a_call_that_can_be_found_and_rings()
    {
        await _emulator.DescribeAsync(Ann, new { ring_ms = 60_000, rest = new { answer = "lost_answer", times = 1 } });

        await Assert.ThrowsAsync<HttpRequestException>(() => _emulator.Http.PostAsync($"{EmulatorUnderTest.Account}/Calls.json", Form()));

        var (_, list) = await _emulator.GetAsync(
            $"{EmulatorUnderTest.Account}/Calls.json?To={Uri.EscapeDataString(Ann)}&From={Uri.EscapeDataString(EmulatorUnderTest.Number)}");
        var call = Assert.Single(list.GetProperty("calls").EnumerateArray());
        Assert.Equal("ringing", (await _emulator.EventAsync(Text(call, "sid")!, "ringing")).GetProperty("type").GetString());
        Assert.Equal(Text(call, "sid"), Text(Assert.Single(await DialsAsync()), "call_sid"));
    }

    [Theory]
    [InlineData("error_after", 1)]
    [InlineData("error_before", 0)]
    public async Task An_error_may_come_before_or_after_the_call_is_created(string answer, int dialled)
    {
        await _emulator.DescribeAsync(Ann, new { rest = new { answer } });

        var (status, error) = await CreateAsync();

        Assert.Equal((HttpStatusCode.InternalServerError, 20500), (status, error.GetProperty("code").GetInt32()));
        Assert.Equal(dialled, (await DialsAsync()).Count);
    }

    [Fact]
    public async Task Callbacks_can_be_lost_and_come_twice()
    {
        await _emulator.DescribeAsync(Ann, new { ring_ms = 0, callbacks = new { lost = new[] { "ringing" }, twice = new[] { "answered", "completed" } } });

        await _emulator.EndOfAsync(await DialAsync());

        Assert.Equal(["0", "2", "2", "3", "3"], Told().Order());
    }

    [Fact]
    public async Task A_reordered_callback_comes_after_the_next()
    {
        await _emulator.DescribeAsync(
            Ann, new { ring_ms = 0, stay_ms = 2_000, media = false, callbacks = new { reordered = new[] { "initiated", "answered" } } });

        await _emulator.EndOfAsync(await DialAsync());

        var told = Told();
        Assert.Equal(["0", "1", "2", "3"], told.Order());
        Assert.True(told.IndexOf("1") < told.IndexOf("0"), string.Join(' ', told));
        Assert.True(told.IndexOf("3") < told.IndexOf("2"), string.Join(' ', told));
    }

    [Fact]
    public async Task A_reordered_callback_is_sent_even_if_the_rest_is_lost()
    {
        await _emulator.DescribeAsync(
            Ann, new { ring_ms = 0, callbacks = new { reordered = new[] { "initiated" }, lost = new[] { "ringing", "answered", "completed" } } });

        await _emulator.EndOfAsync(await DialAsync());

        Assert.Equal(["0"], Told());
    }

    [Fact]
    public async Task Late_callbacks_tell_of_the_moment_of_their_event()
    {
        await _emulator.DescribeAsync(Ann, new { ring_ms = 0, callbacks = new { late_ms = 4_000 } });

        var report = await _emulator.EndOfAsync(await DialAsync());

        Assert.Equal(["0", "1", "2", "3"], Told().Order());
        var late = report.GetProperty("webhooks").EnumerateArray().Where(w => Text(w, "purpose") == "status");
        Assert.All(late, w => Assert.True(w.GetProperty("at").GetDateTimeOffset() - report.GetProperty("started_at").GetDateTimeOffset() > TimeSpan.FromSeconds(3.9)));
        Assert.Equal("initiated", Application.RequestsTo("/status").Single(r => r["SequenceNumber"] == "0")["CallStatus"]);
    }

    [Theory]
    [InlineData("Enable", "human", "human")]
    [InlineData("Enable", "machine_end_beep", "machine_start")]
    [InlineData("DetectMessageEnd", "machine_start", "machine_end_beep")]
    [InlineData("Enable", "fax", "fax")]
    [InlineData("Enable", "unknown", "unknown")]
    public async Task Detection_delays_the_document_and_tells_it_who_answered(string detection, string answeredBy, string verdict)
    {
        await _emulator.DescribeAsync(Ann, new { ring_ms = 0, answered_by = answeredBy, detection_ms = 1_000 });

        var report = await _emulator.EndOfAsync(await DialAsync(("MachineDetection", detection)));

        var document = Assert.Single(Application.RequestsTo("/voice"));
        Assert.Equal(verdict, document["AnsweredBy"]);
        Assert.InRange(int.Parse(document["MachineDetectionDuration"]), 990, 20_000);
        Assert.Equal(verdict, Text(report, "answered_by"));
        Assert.Equal(verdict, Application.RequestsTo("/status").Single(r => r["SequenceNumber"] == "3")["AnsweredBy"]);
        var (_, call) = await _emulator.GetAsync($"{EmulatorUnderTest.Account}/Calls/{Text(report, "call_sid")}.json");
        Assert.Equal(verdict, Text(call, "answered_by"));
    }

    [Fact]
    public async Task Detection_that_takes_too_long_knows_nothing()
    {
        await _emulator.DescribeAsync(Ann, new { ring_ms = 0, answered_by = "machine_start", detection_ms = 30_000 });

        await _emulator.EndOfAsync(await DialAsync(("MachineDetection", "Enable"), ("MachineDetectionTimeout", "3")));

        Assert.Equal("unknown", Assert.Single(Application.RequestsTo("/voice"))["AnsweredBy"]);
    }

    [Fact]
    public async Task Asynchronous_detection_lets_the_document_run_and_calls_back()
    {
        Application.Twiml("/voice", "<Pause length='8'/>");
        await _emulator.DescribeAsync(Ann, new { ring_ms = 0, answered_by = "machine_start", detection_ms = 2_000 });

        await _emulator.EndOfAsync(await DialAsync(
            ("MachineDetection", "Enable"), ("AsyncAmd", "true"), ("AsyncAmdStatusCallback", Application.Url("/amd"))));

        Assert.DoesNotContain(Assert.Single(Application.RequestsTo("/voice")).Form, f => f.Key == "AnsweredBy");
        var verdict = Assert.Single(Application.RequestsTo("/amd"));
        Assert.Equal(["AccountSid", "AnsweredBy", "CallSid", "MachineDetectionDuration"], verdict.Form.Select(f => f.Key).Order(StringComparer.Ordinal));
        Assert.Equal("machine_start", verdict["AnsweredBy"]);
        Assert.Equal("machine_start", Application.RequestsTo("/status").Single(r => r["SequenceNumber"] == "3")["AnsweredBy"]);
    }

    [Fact]
    public async Task A_call_that_ends_before_the_verdict_has_none()
    {
        await _emulator.DescribeAsync(Ann, new { ring_ms = 0, detection_ms = 60_000 });

        await _emulator.EndOfAsync(await DialAsync(
            ("MachineDetection", "Enable"), ("MachineDetectionTimeout", "59"), ("AsyncAmd", "true"), ("AsyncAmdStatusCallback", Application.Url("/amd"))));

        Assert.Empty(Application.RequestsTo("/amd"));
    }

    [Fact]
    public async Task Without_media_the_document_is_read_and_not_carried_out()
    {
        Application.Twiml("/voice", $"""<Connect><Stream url="{Application.StreamUrl()}"/></Connect>""");
        await _emulator.DescribeAsync(Ann, new { ring_ms = 0, stay_ms = 1_000, media = false });

        var report = await _emulator.EndOfAsync(await DialAsync());

        Assert.Equal(("completed", "caller_hung_up"), (Text(report, "status"), Text(report, "end_reason")));
        Assert.Single(Application.RequestsTo("/voice"));
        Assert.Empty(Application.RequestsTo("/media"));
        Assert.Equal(JsonValueKind.Null, report.GetProperty("heard_wav").ValueKind);
    }

    [Fact]
    public async Task Without_media_a_broken_document_and_a_new_one_are_noticed_all_the_same()
    {
        Application.Raw("/broken", "<Response>").Twiml("/next", "<Hangup/>");
        await _emulator.DescribeAsync(Ann, new { ring_ms = 0, stay_ms = 60_000, media = false });

        var sid = await DialAsync();
        await _emulator.EventAsync(sid, "answered");
        await _emulator.PostAsync($"{EmulatorUnderTest.Account}/Calls/{sid}.json", ("Url", Application.Url("/next")));
        await _emulator.PostAsync($"{EmulatorUnderTest.Account}/Calls/{sid}.json", ("Url", Application.Url("/broken")));
        var report = await _emulator.EndOfAsync(sid);

        Assert.Equal("application_error", Text(report, "end_reason"));
        Assert.Contains(12100, EmulatorUnderTest.Warnings(report));
    }

    [Fact]
    public async Task A_dial_verb_meets_the_same_people()
    {
        await _emulator.DescribeAsync(Ann, new { outcome = "rejected", ring_ms = 100 });
        Application.Twiml("/voice", $"<Dial action='/done'>{Ann}</Dial>").Twiml("/done", "<Hangup/>");

        await _emulator.CallAsync();

        Assert.Equal("busy", Assert.Single(Application.RequestsTo("/done"))["DialCallStatus"]);
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> CreateAsync() => _emulator.CreateAsync(Ann, ("Url", Application.Url("/voice")));

    private Task<string> DialAsync(params IEnumerable<(string Key, string Value)> more) => _emulator.DialAsync(
        Ann,
        [
            ("Url", Application.Url("/voice")), ("StatusCallback", Application.Url("/status")), ("StatusCallbackEvent", "initiated"),
            ("StatusCallbackEvent", "ringing"), ("StatusCallbackEvent", "answered"), ("StatusCallbackEvent", "completed"), .. more,
        ]);

    private FormUrlEncodedContent Form() => new(new Dictionary<string, string>
    {
        ["To"] = Ann,
        ["From"] = EmulatorUnderTest.Number,
        ["Url"] = Application.Url("/voice"),
    });

    /// <summary>The sequence numbers in the order of their arrival.</summary>
    private List<string> Told() => [.. Application.RequestsTo("/status").Select(r => r["SequenceNumber"])];

    private async Task<IReadOnlyList<JsonElement>> DialsAsync() =>
        [.. (await _emulator.GetAsync($"/emulator/dials?to={Uri.EscapeDataString(Ann)}")).Body.GetProperty("dials").EnumerateArray()];

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
