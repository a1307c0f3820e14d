using System.Net.Http.Json;
using System.Text.Json;

namespace Rapida.TwilioEmulator.Tests;

/// <summary>Every answer of the REST API is one that Twilio's own OpenAPI file allows.</summary>
public sealed class ConformanceTests : IAsyncLifetime
{
    private const string Account = "/2010-04-01/Accounts/{Sid}.json";
    private const string Calls = "/2010-04-01/Accounts/{AccountSid}/Calls.json";
    private const string Call = "/2010-04-01/Accounts/{AccountSid}/Calls/{Sid}.json";
    private const string Numbers = "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers.json";
    private const string Number = "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers/{Sid}.json";
    private const string Ann = "+13125550188";

    private readonly OpenApi _api = new();
    private EmulatorUnderTest _emulator = null!;

    public async Task InitializeAsync() => _emulator = await EmulatorUnderTest.StartAsync();

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task An_account() => await ConformsAsync("get", Account, EmulatorUnderTest.AccountSid);

    [Theory]
    [InlineData("busy")]
    [InlineData("rejected")]
    [InlineData("failed")]
    [InlineData("unreachable")]
    [InlineData("no-answer")]
    [InlineData("answered")]
    public async Task A_call_at_each_of_its_stations(string outcome)
    {
        _emulator.Application.Twiml("/voice", "<Pause/>");
        await _emulator.DescribeAsync(Ann, new { outcome, ring_ms = 500, detection_ms = 100 });

        var created = await ConformsAsync("post", Calls, "", ("To", Ann), ("From", EmulatorUnderTest.Number), ("Url", _emulator.Application.Url("/voice")),
            ("MachineDetection", "Enable"), ("Timeout", "1"));
        var sid = created.GetProperty("sid").GetString()!;
        await ConformsAsync("get", Call, sid);
        await ConformsAsync("post", Call, sid, ("TimeLimit", "100"));
        await _emulator.EventAsync(sid, "initiated");
        await ConformsAsync("get", Call, sid);
        await _emulator.EndOfAsync(sid);
        await ConformsAsync("get", Call, sid);
        await ConformsAsync("get", Calls, "");
        await ConformsAsync("delete", Call, sid);
    }

    [Fact]
    public async Task An_incoming_call_and_one_with_a_price()
    {
        _emulator.Application.Twiml("/voice", "<Hangup/>");
        var sid = await _emulator.PlaceAsync();
        await ConformsAsync("get", Call, sid);
        await _emulator.EndOfAsync(sid);

        var call = await ConformsAsync("get", Call, sid);
        while (call.GetProperty("price").ValueKind == JsonValueKind.Null)
            call = await ConformsAsync("get", Call, sid);

        Assert.StartsWith("-0.", call.GetProperty("price").GetString());
    }

    [Fact]
    public async Task Pages_of_calls_and_of_none()
    {
        await ConformsAsync("get", Calls, "");
        for (var i = 0; i < 3; i++)
            await _emulator.DialAsync(Ann, ("Twiml", "<Response/>"));

        foreach (var query in (string[])["?PageSize=1", "?PageSize=2&Page=1", "?PageSize=50"])
            await ConformsAsync("get", Calls, query);
    }

    [Fact]
    public async Task Numbers_bought_changed_and_listed()
    {
        var bought = await ConformsAsync("post", Numbers, "", ("PhoneNumber", "+442071838750"), ("FriendlyName", "London"));
        var sid = bought.GetProperty("sid").GetString()!;
        await ConformsAsync("get", Number, sid);
        await ConformsAsync(
            "post", Number, sid, ("VoiceUrl", "https://example.com/voice"), ("VoiceMethod", "GET"), ("VoiceFallbackUrl", "https://example.com/fallback"),
            ("StatusCallback", "https://example.com/status"), ("StatusCallbackMethod", "GET"));
        await ConformsAsync("post", Number, sid, ("TrunkSid", "TK00112233445566778899aabbccddeeff"));
        await ConformsAsync("post", Number, sid, ("VoiceApplicationSid", "AP00112233445566778899aabbccddeeff"), ("VoiceReceiveMode", "fax"));
        await ConformsAsync("get", Numbers, "?PageSize=1");
        await ConformsAsync("get", Numbers, "?FriendlyName=London");
    }

    [Fact]
    public void The_check_finds_what_it_is_for()
    {
        var call = new Dictionary<string, object?> { ["sid"] = "CA1", ["status"] = "initiated", ["duration"] = 3, ["color"] = "blue", ["date_created"] = "2026-01-01" };

        var problems = _api.Problems("get", Call, 200, JsonSerializer.SerializeToElement(call));

        Assert.Contains(problems, p => p.StartsWith("$.sid does not fit", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.StartsWith("$.status is none of its words", StringComparison.Ordinal));
        Assert.Contains("$.duration is a Number, not a string", problems);
        Assert.Contains("$.color is unknown", problems);
        Assert.Contains(problems, p => p.StartsWith("$.date_created is no", StringComparison.Ordinal));
        Assert.Contains("$.to is missing", problems);
        Assert.Equal([$"get {Call} has no answer 201"], _api.Problems("get", Call, 201, null));
    }

    /// <param name="method">In lower case.</param>
    /// <param name="path">As in the file.</param>
    /// <param name="sid">Which one, or a list's query.</param>
    /// <param name="form">What is posted: fields that Twilio has.</param>
    private async Task<JsonElement> ConformsAsync(string method, string path, string sid, params IReadOnlyList<(string Key, string Value)> form)
    {
        var address = path.Replace("{AccountSid}", EmulatorUnderTest.AccountSid, StringComparison.Ordinal);
        address = address.Contains("{Sid}", StringComparison.Ordinal) ? address.Replace("{Sid}", sid, StringComparison.Ordinal) : address + sid;
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), address);
        if (method == "post")
        {
            Assert.Empty(form.Select(f => f.Key).Except(_api.Fields(method, path)));
            request.Content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Key, f.Value)));
        }

        using var response = await _emulator.Http.SendAsync(request);
        JsonElement? body = response.Content.Headers.ContentLength == 0 || response.StatusCode == System.Net.HttpStatusCode.NoContent
            ? null
            : await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Empty(_api.Problems(method, path, (int)response.StatusCode, body));
        return body ?? default;
    }
}
