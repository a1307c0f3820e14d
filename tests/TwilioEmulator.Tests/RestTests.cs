using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rapida.TwilioEmulator.Webhooks;

namespace Rapida.TwilioEmulator.Tests;

public sealed class RestTests : IAsyncLifetime
{
    private const string Account = $"/2010-04-01/Accounts/{EmulatorUnderTest.AccountSid}";
    private const string NumberPath = $"{Account}/IncomingPhoneNumbers/{EmulatorUnderTest.NumberSid}.json";

    private EmulatorUnderTest _emulator = null!;

    public async Task InitializeAsync() => _emulator = await EmulatorUnderTest.StartAsync();

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task An_account_shows_itself()
    {
        var account = await _emulator.Http.GetFromJsonAsync<JsonElement>(Account + ".json");

        Assert.Equal(
            (EmulatorUnderTest.AccountSid, "active", EmulatorUnderTest.AuthToken),
            (Text(account, "sid"), Text(account, "status"), Text(account, "auth_token")));
        Assert.EndsWith("+0000", Text(account, "date_created"));
    }

    [Fact]
    public async Task A_wrong_token_is_refused_in_twilios_words()
    {
        _emulator.Authenticate(EmulatorUnderTest.AccountSid, "wrong");

        var (status, error) = await GetAsync(Account + ".json");

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Equal(["code", "message", "more_info", "status"], error.EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal((20003, 401), (error.GetProperty("code").GetInt32(), error.GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task A_parent_may_act_on_its_subaccount_and_not_the_other_way_round()
    {
        const string Subaccount = $"/2010-04-01/Accounts/{EmulatorUnderTest.SubaccountSid}.json";

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Subaccount)).Status);
        _emulator.Authenticate(EmulatorUnderTest.SubaccountSid, EmulatorUnderTest.SubaccountToken);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Subaccount)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(Account + ".json")).Status);
    }

    [Fact]
    public async Task A_secondary_token_opens_the_API_and_signs_nothing_until_it_is_promoted()
    {
        _emulator.Application.Twiml("/voice", "<Hangup/>");
        var (created, secondary) = await PostAsync("/v1/AuthTokens/Secondary");
        var token = Text(secondary, "secondary_auth_token")!;
        await _emulator.CallAsync();
        _emulator.Authenticate(EmulatorUnderTest.AccountSid, token);
        var (promoted, primary) = await PostAsync("/v1/AuthTokens/Promote");
        await _emulator.CallAsync();

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, token), (created, promoted, Text(primary, "auth_token")));
        Assert.Equal(
            [Signed(EmulatorUnderTest.AuthToken, 0), Signed(token, 1)],
            _emulator.Application.RequestsTo("/voice").Select(request => request.Headers["X-Twilio-Signature"]));
        _emulator.Authenticate(EmulatorUnderTest.AccountSid, EmulatorUnderTest.AuthToken);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(Account + ".json")).Status);
        _emulator.Authenticate(EmulatorUnderTest.AccountSid, token);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("/v1/AuthTokens/Promote")).Status);

        string Signed(string with, int request) => TwilioSignature.Compute(
            with, _emulator.Application.Url("/voice"), _emulator.Application.RequestsTo("/voice").ElementAt(request).Form);
    }

    [Theory]
    [InlineData("/Calls/CA00000000000000000000000000000000.json")]
    [InlineData("/IncomingPhoneNumbers/PN00000000000000000000000000000000.json")]
    [InlineData("/Nothing.json")]
    public async Task What_is_not_there_is_20404(string path)
    {
        var (status, error) = await GetAsync(Account + path);

        Assert.Equal((HttpStatusCode.NotFound, 20404), (status, error.GetProperty("code").GetInt32()));
    }

    [Fact]
    public async Task A_changed_number_calls_the_new_url()
    {
        var (status, number) = await PostAsync(NumberPath, ("VoiceUrl", _emulator.Application.Url("/other")), ("VoiceMethod", "GET"));
        _emulator.Application.Twiml("/other", "<Hangup/>");

        await _emulator.CallAsync();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("GET", EmulatorUnderTest.Number), (Text(number, "voice_method"), Text(number, "phone_number")));
        Assert.Single(_emulator.Application.RequestsTo("/other"));
    }

    [Theory]
    [InlineData("VoiceUrl", "not a url", 21402)]
    [InlineData("StatusCallback", "/relative", 21502)]
    [InlineData("VoiceMethod", "PATCH", 21209)]
    public async Task A_bad_setting_is_refused_with_its_code(string field, string value, int code)
    {
        var (status, error) = await PostAsync(NumberPath, (field, value));

        Assert.Equal((HttpStatusCode.BadRequest, code), (status, error.GetProperty("code").GetInt32()));
    }

    [Fact]
    public async Task Numbers_can_be_bought_and_are_listed_by_pages()
    {
        var (bought, _) = await PostAsync(Account + "/IncomingPhoneNumbers.json", ("PhoneNumber", "+15551230001"));
        var (_, first) = await GetAsync(Account + "/IncomingPhoneNumbers.json?PageSize=2");
        var (_, second) = await GetAsync(Text(first, "next_page_uri")!);

        Assert.Equal(HttpStatusCode.Created, bought);
        Assert.Equal([EmulatorUnderTest.Number, "+15551230001", EmulatorUnderTest.OwnedNumber], Numbers(first).Concat(Numbers(second)));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next_page_uri").ValueKind);

        static IEnumerable<string?> Numbers(JsonElement page) => page.GetProperty("incoming_phone_numbers").EnumerateArray().Select(n => Text(n, "phone_number"));
    }

    [Fact]
    public async Task A_call_is_shown_with_texts_where_twilio_has_texts()
    {
        _emulator.Application.Twiml("/voice", "<Pause/><Pause/><Hangup/>");
        var sid = await _emulator.PlaceAsync();
        await _emulator.EndOfAsync(sid);

        var (_, call) = await GetAsync($"{Account}/Calls/{sid}.json");
        var (_, list) = await GetAsync($"{Account}/Calls.json?Status=completed");

        Assert.Equal(("completed", "inbound", EmulatorUnderTest.NumberSid), (Text(call, "status"), Text(call, "direction"), Text(call, "phone_number_sid")));
        Assert.Equal(JsonValueKind.String, call.GetProperty("duration").ValueKind);
        Assert.Equal(sid, Text(Assert.Single(list.GetProperty("calls").EnumerateArray()), "sid"));
    }

    [Fact]
    public async Task Completing_a_call_stops_its_stream()
    {
        var last = new TaskCompletionSource<string>();
        WithStream(last);
        var sid = await _emulator.PlaceAsync();
        await _emulator.EventAsync(sid, "stream_started");

        var (status, _) = await PostAsync($"{Account}/Calls/{sid}.json", ("Status", "completed"));
        var report = await _emulator.EndOfAsync(sid);
        var (again, error) = await PostAsync($"{Account}/Calls/{sid}.json", ("Status", "completed"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("stop", await last.Task);
        Assert.Equal("rest_completed", Text(report, "end_reason"));
        Assert.Equal((HttpStatusCode.BadRequest, 21220), (again, error.GetProperty("code").GetInt32()));
    }

    [Theory]
    [InlineData("Twiml", "<Response><Say>Moved</Say><Hangup/></Response>")]
    [InlineData("Url", "{app}/moved")]
    public async Task New_twiml_stops_the_stream_and_takes_over(string field, string value)
    {
        var last = new TaskCompletionSource<string>();
        WithStream(last);
        _emulator.Application.Twiml("/moved", "<Say>Moved</Say><Hangup/>");
        var sid = await _emulator.PlaceAsync();
        await _emulator.EventAsync(sid, "stream_started");

        await PostAsync($"{Account}/Calls/{sid}.json", (field, value.Replace("{app}", _emulator.Application.Url(""), StringComparison.Ordinal)));
        var report = await _emulator.EndOfAsync(sid);

        Assert.Equal("stop", await last.Task);
        Assert.Equal("Moved", Text(Assert.Single(report.GetProperty("said").EnumerateArray()), "text"));
        Assert.Equal("hangup_verb", Text(report, "end_reason"));
    }

    private void WithStream(TaskCompletionSource<string> last) => _emulator.Application
        .Twiml("/voice", $"""<Connect action="/action"><Stream url="{_emulator.Application.StreamUrl()}"/></Connect><Say>Never</Say>""")
        .Stream(async server =>
        {
            await server.ReadToEndAsync();
            last.SetResult(ServerSide.Kind(server.Messages[^1]));
            await server.Socket.CloseOutputAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        });

    private async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path)
    {
        using var response = await _emulator.Http.GetAsync(path);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, params (string Key, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Key, f.Value)));
        using var response = await _emulator.Http.PostAsync(path, content);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
