using System.Net;
using System.Text.Json;

namespace Rapida.TwilioEmulator.Tests;

/// <summary>What the REST API takes for a call, and what it refuses with which code.</summary>
public sealed class CreateCallTests : IAsyncLifetime
{
    private const string To = "+15551234567";
    private const string Twiml = "<Response><Hangup/></Response>";
    private EmulatorUnderTest _emulator = null!;

    public async Task InitializeAsync() => _emulator = await EmulatorUnderTest.StartAsync();

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task The_numbers_of_the_guides_sample_are_taken_and_the_call_is_queued()
    {
        var (status, call) = await _emulator.CreateAsync(To, ("From", EmulatorUnderTest.OwnedNumber), ("Twiml", Twiml));

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(
            (To, EmulatorUnderTest.OwnedNumber, "queued", "outbound-api", "(555) 123-4567"),
            (Text(call, "to"), Text(call, "from"), Text(call, "status"), Text(call, "direction"), Text(call, "to_formatted")));
        Assert.All(
            ["start_time", "end_time", "duration", "price", "answered_by"], field => Assert.Equal(JsonValueKind.Null, call.GetProperty(field).ValueKind));
        Assert.Equal(("USD", "0"), (Text(call, "price_unit"), Text(call, "queue_time")));
        Assert.StartsWith("PN", Text(call, "phone_number_sid"));
        Assert.EndsWith("+0000", Text(call, "date_created"));
    }

    [Theory]
    [InlineData("", EmulatorUnderTest.Number, 21201)]
    [InlineData(To, "", 21213)]
    [InlineData("5551234567", EmulatorUnderTest.Number, 21211)]
    [InlineData("+1 555 123 4567", EmulatorUnderTest.Number, 21211)]
    [InlineData("0015551234567", EmulatorUnderTest.Number, 21211)]
    [InlineData("client:joe", EmulatorUnderTest.Number, 21211)]
    [InlineData(EmulatorUnderTest.Number, EmulatorUnderTest.Number, 21211)]
    [InlineData(To, "5551230000", 21212)]
    [InlineData(To, "+15551239999", 21210)]
    [InlineData("+15005550001", EmulatorUnderTest.Number, 21217)]
    [InlineData("+15005550002", EmulatorUnderTest.Number, 21214)]
    [InlineData("+15005550003", EmulatorUnderTest.Number, 21215)]
    [InlineData("+15005550004", EmulatorUnderTest.Number, 21216)]
    [InlineData(To, "+15005550001", 21212)]
    [InlineData(To, "+15005550007", 21210)]
    public async Task Numbers_that_cannot_be_called_are_refused(string to, string from, int code) =>
        await RefusedAsync(code, to, ("From", from), ("Twiml", Twiml));

    [Theory]
    [InlineData("Url", "", 21205)]
    [InlineData("Url", "/relative", 21205)]
    [InlineData("Url", "ftp://example.com/", 21205)]
    [InlineData("FallbackUrl", "nonsense", 21205)]
    [InlineData("ApplicationSid", "nonsense", 21218)]
    [InlineData("ApplicationSid", "AP00112233445566778899aabbccddeeff", 21218)]
    [InlineData("StatusCallback", "nonsense", 21609)]
    [InlineData("StatusCallback", "https://under_score.example.com/", 21609)]
    [InlineData("AsyncAmdStatusCallback", "nonsense", 21609)]
    [InlineData("StatusCallbackEvent", "initiated ringing", 21626)]
    [InlineData("StatusCallbackEvent", "in-progress", 21626)]
    [InlineData("Method", "PUT", 21209)]
    [InlineData("FallbackMethod", "PUT", 21209)]
    [InlineData("StatusCallbackMethod", "PUT", 21209)]
    [InlineData("Timeout", "0", 21208)]
    [InlineData("Timeout", "601", 21208)]
    [InlineData("Timeout", "1.5", 21208)]
    [InlineData("TimeLimit", "-1", 20001)]
    [InlineData("SendDigits", "12x", 21206)]
    [InlineData("SendDigits", "123456789012345678901234567890123", 21206)]
    [InlineData("MachineDetection", "true", 21234)]
    [InlineData("AsyncAmd", "yes", 21234)]
    [InlineData("MachineDetectionTimeout", "60", 21234)]
    [InlineData("MachineDetectionSpeechThreshold", "999", 21234)]
    [InlineData("MachineDetectionSpeechEndThreshold", "5001", 21234)]
    [InlineData("MachineDetectionSilenceTimeout", "1999", 21234)]
    public async Task A_bad_field_is_refused_with_its_code(string field, string value, int code) =>
        await RefusedAsync(code, To, field == "Url" ? [("Url", value)] : [("Url", "https://example.com/voice"), (field, value)]);

    [Fact]
    public async Task Inline_twiml_has_four_thousand_characters_at_most()
    {
        var fits = Twiml.PadRight(4_000);

        Assert.Equal(HttpStatusCode.Created, (await _emulator.CreateAsync(To, ("Twiml", fits))).Status);
        await RefusedAsync(32018, To, ("Twiml", fits + " "));
    }

    [Fact]
    public async Task A_url_wins_over_inline_twiml_and_oddities_are_warnings()
    {
        _emulator.Application.Twiml("/voice", "<Hangup/>");

        var sid = await _emulator.DialAsync(
            To, ("Url", _emulator.Application.Url("/voice")), ("Twiml", Twiml), ("MachineDetection", "Enable"), ("AsyncAmd", "true"),
            ("Record", "true"), ("Color", "blue"));
        var report = await _emulator.EndOfAsync(sid);

        Assert.Single(_emulator.Application.RequestsTo("/voice"));
        Assert.Equal([0, 20001, 21262, 32019], EmulatorUnderTest.Warnings(report).Order());
    }

    [Fact]
    public async Task The_test_number_of_twilio_belongs_to_everybody() =>
        await _emulator.DialAsync(To, ("From", "+15005550006"), ("Twiml", Twiml));

    [Fact]
    public async Task A_number_of_another_account_is_not_the_accounts()
    {
        _emulator.Authenticate(EmulatorUnderTest.SubaccountSid, EmulatorUnderTest.SubaccountToken);

        var (status, error) = await _emulator.PostAsync(
            $"/2010-04-01/Accounts/{EmulatorUnderTest.SubaccountSid}/Calls.json", ("To", To), ("From", EmulatorUnderTest.Number), ("Twiml", Twiml));

        Assert.Equal((HttpStatusCode.BadRequest, 21210), (status, error.GetProperty("code").GetInt32()));
    }

    [Fact]
    public async Task A_key_places_calls_and_does_not_show_the_account()
    {
        _emulator.Authenticate(EmulatorUnderTest.KeySid, EmulatorUnderTest.KeySecret);
        Assert.Equal(HttpStatusCode.Created, (await _emulator.CreateAsync(To, ("Twiml", Twiml))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _emulator.GetAsync(EmulatorUnderTest.Account + ".json")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _emulator.PostAsync("/v1/AuthTokens/Secondary")).Status);

        _emulator.Authenticate(EmulatorUnderTest.KeySid, "wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, (await _emulator.CreateAsync(To, ("Twiml", Twiml))).Status);
    }

    [Fact]
    public async Task A_request_without_a_form_lacks_its_numbers()
    {
        using var response = await _emulator.Http.PostAsync($"{EmulatorUnderTest.Account}/Calls.json", null);

        Assert.Contains("21201", await response.Content.ReadAsStringAsync());
    }

    private async Task RefusedAsync(int code, string to, params IEnumerable<(string Key, string Value)> form)
    {
        var (status, error) = await _emulator.CreateAsync(to, form);

        Assert.Equal((HttpStatusCode.BadRequest, code), (status, error.GetProperty("code").GetInt32()));
        Assert.Equal(["code", "message", "more_info", "status"], error.EnumerateObject().Select(p => p.Name).Order());
        var (_, list) = await _emulator.GetAsync($"{EmulatorUnderTest.Account}/Calls.json");
        Assert.DoesNotContain(list.GetProperty("calls").EnumerateArray(), c => Text(c, "to") == to && code != 32018);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
