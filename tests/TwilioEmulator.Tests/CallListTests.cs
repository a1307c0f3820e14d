using System.Net;
using System.Text.Json;
using Rapida.TwilioEmulator.Outbound;

namespace Rapida.TwilioEmulator.Tests;

/// <summary>How placed calls are found, changed and removed.</summary>
public sealed class CallListTests : IAsyncLifetime
{
    private const string Calls = $"{EmulatorUnderTest.Account}/Calls.json";
    private EmulatorUnderTest _emulator = null!;

    public async Task InitializeAsync()
    {
        _emulator = await EmulatorUnderTest.StartAsync(("CallsPerSecond", "0.5"));
        _emulator.Application.Twiml("/voice", "<Pause/>").Twiml("/moved", "<Say>Moved</Say>");
    }

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task A_queued_call_is_found_by_its_numbers_but_not_by_a_day()
    {
        await DialAsync(1);
        var sid = await DialAsync(2);

        var call = Assert.Single(await ListAsync($"To={Number(2)}&From={Uri.EscapeDataString(EmulatorUnderTest.Number)}"));
        Assert.Equal((sid, "queued"), (Text(call, "sid"), Text(call, "status")));
        Assert.InRange(int.Parse(Text(call, "queue_time")!), 1, 2_000);
        Assert.Empty(await ListAsync($"To={Number(2)}&From={Number(9)}"));
        Assert.Empty(await ListAsync($"To={Number(2)}&StartTime%3E={DateTimeOffset.UnixEpoch:yyyy-MM-dd}"));
        Assert.Empty(await ListAsync($"To={Number(2)}&Status=ringing"));
        Assert.Single(await ListAsync($"To={Number(2)}&Status=queued"));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_in_the_queue_has_no_callback_and_is_never_dialled()
    {
        await DialAsync(1);
        var sid = await DialAsync(2);

        var (status, _) = await _emulator.PostAsync(Path(sid), ("Status", "canceled"));
        var report = await _emulator.EndOfAsync(sid);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("canceled", "rest_canceled"), (Text(report, "status"), Text(report, "end_reason")));
        Assert.DoesNotContain(_emulator.Application.RequestsTo("/status"), r => r["CallSid"] == sid);
        Assert.Equal(JsonValueKind.Null, (await _emulator.GetAsync(Path(sid))).Body.GetProperty("start_time").ValueKind);
    }

    [Fact]
    public async Task Calls_wait_their_turn_in_the_queue()
    {
        await DialAsync(1);
        await DialAsync(2);
        var third = await DialAsync(3);

        Assert.InRange(int.Parse(Text((await _emulator.GetAsync(Path(third))).Body, "queue_time")!), 2_001, 4_000);
        var ringing = (await _emulator.EventAsync(third, "ringing")).GetProperty("at").GetDateTimeOffset();
        var created = (await _emulator.ReportAsync(third)).GetProperty("started_at").GetDateTimeOffset();
        Assert.True(ringing - created >= TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_day_has_the_calls_that_started_or_ended_on_it()
    {
        var report = await _emulator.EndOfAsync(await DialAsync(1));
        var day = report.GetProperty("answered_at").GetDateTimeOffset().UtcDateTime;

        Assert.Single(await ListAsync($"StartTime={day:yyyy-MM-dd}"));
        Assert.Single(await ListAsync($"StartTime%3E={day:yyyy-MM-dd}"));
        Assert.Single(await ListAsync($"EndTime%3C={day.AddDays(1):yyyy-MM-dd}"));
        Assert.Empty(await ListAsync($"StartTime%3C={day:yyyy-MM-dd}"));
        Assert.Empty(await ListAsync($"EndTime={day.AddDays(1):yyyy-MM-dd}"));
        Assert.Empty(await ListAsync("ParentCallSid=CA00112233445566778899aabbccddeeff"));
        Assert.Equal(HttpStatusCode.BadRequest, (await _emulator.GetAsync(Calls + "?StartTime=yesterday")).Status);
    }

    [Fact]
    public async Task Calls_come_by_pages_the_newest_first()
    {
        string[] sids = [await DialAsync(1), await DialAsync(2), await DialAsync(3)];

        var (_, first) = await _emulator.GetAsync(Calls + "?PageSize=2");
        var (_, second) = await _emulator.GetAsync(Text(first, "next_page_uri")!);

        Assert.Equal(sids.Reverse(), first.GetProperty("calls").EnumerateArray().Concat(second.GetProperty("calls").EnumerateArray()).Select(c => Text(c, "sid")));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next_page_uri").ValueKind);
    }

    [Fact]
    public async Task A_deleted_call_goes_on_unseen()
    {
        var sid = await DialAsync(1);

        using var deleted = await _emulator.Http.DeleteAsync(Path(sid));
        using var again = await _emulator.Http.DeleteAsync(Path(sid));
        var report = await _emulator.EndOfAsync(sid);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted.StatusCode, again.StatusCode));
        Assert.Empty(await ListAsync(""));
        Assert.Equal("completed", Text(report, "status"));
        var dial = Assert.Single((await _emulator.GetAsync("/emulator/dials")).Body.GetProperty("dials").EnumerateArray());
        Assert.Equal((sid, "completed"), (Text(dial, "call_sid"), Text(dial, "status")));
    }

    [Fact]
    public async Task New_twiml_and_a_new_callback_are_for_a_call_in_progress()
    {
        await _emulator.DescribeAsync("+13125550101", new { ring_ms = 500 });
        _emulator.Application.Twiml("/voice", "<Pause length='100'/>");
        var sid = await DialAsync(1);

        var (early, error) = await _emulator.PostAsync(Path(sid), ("Url", _emulator.Application.Url("/moved")));
        await _emulator.EventAsync(sid, "answered");
        await _emulator.PostAsync(
            Path(sid), ("Url", _emulator.Application.Url("/moved")), ("StatusCallback", _emulator.Application.Url("/other")), ("StatusCallbackMethod", "GET"));
        var report = await _emulator.EndOfAsync(sid);

        Assert.Equal((HttpStatusCode.BadRequest, 21220), (early, error.GetProperty("code").GetInt32()));
        Assert.Equal("Moved", Text(Assert.Single(report.GetProperty("said").EnumerateArray()), "text"));
        Assert.Contains("CallStatus=completed", Assert.Single(_emulator.Application.RequestsTo("/other")).RawTarget);
        Assert.Empty(_emulator.Application.RequestsTo("/status"));
    }

    [Theory]
    [InlineData("Status", "busy", 20001)]
    [InlineData("Url", "nonsense", 21205)]
    [InlineData("Method", "PUT", 21209)]
    [InlineData("StatusCallback", "nonsense", 21609)]
    [InlineData("TimeLimit", "soon", 20001)]
    public async Task A_bad_change_is_refused_with_its_code(string field, string value, int code)
    {
        var (status, error) = await _emulator.PostAsync(Path(await DialAsync(1)), (field, value));

        Assert.Equal((HttpStatusCode.BadRequest, code), (status, error.GetProperty("code").GetInt32()));
    }

    [Fact]
    public async Task The_price_is_negative_and_comes_a_while_after_the_end()
    {
        var report = await _emulator.EndOfAsync(await DialAsync(1));
        var path = Path(Text(report, "call_sid")!);
        var (_, fresh) = await _emulator.GetAsync(path);
        var (_, later) = (HttpStatusCode.OK, fresh);
        while (later.GetProperty("price").ValueKind == JsonValueKind.Null)
            (_, later) = await _emulator.GetAsync(path);

        Assert.Equal(JsonValueKind.Null, fresh.GetProperty("price").ValueKind);
        Assert.Equal("-0.01400", Text(later, "price"));
    }

    [Fact]
    public void The_log_of_dials_drops_the_oldest_and_counts_them()
    {
        var log = new DialLog();
        var (first, last) = (Entry(1), Entry(2));

        log.Add(first);
        for (var i = 0; i < DialLog.Most; i++)
            log.Add(last);

        Assert.Equal((DialLog.Most, 1), (log.All().Count, log.Dropped));
        Assert.DoesNotContain(first, log.All());

        static DialEntry Entry(int person) => new("CA", "AC", "+1312555010" + person, EmulatorUnderTest.Number, default);
    }

    private Task<string> DialAsync(int person) => _emulator.DialAsync(
        "+1312555010" + person, ("Url", _emulator.Application.Url("/voice")), ("StatusCallback", _emulator.Application.Url("/status")));

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string query) =>
        [.. (await _emulator.GetAsync($"{Calls}?{query}")).Body.GetProperty("calls").EnumerateArray()];

    private static string Number(int person) => "%2B1312555010" + person;

    private static string Path(string sid) => $"{EmulatorUnderTest.Account}/Calls/{sid}.json";

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
