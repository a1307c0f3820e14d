using System.Net;
using System.Text.Json.Nodes;
using Rapida.Testing;

namespace CallControl.Tests;

/// <summary>A tenant looks where the calls of its numbers go, and sends them to an assistant.</summary>
[Collection(nameof(CallsUnderTest))]
public sealed class NumbersTests : IDisposable
{
    private const string Retry = "#rc=3&rp=ct,rt,5xx&rt=4000";

    private readonly CallsUnderTest _calls;
    private readonly Tenant _tenant;
    private readonly HttpClient _http;
    private readonly FakeTwilio.Account _account;
    private readonly FakeTwilio.OwnNumber _number;

    public NumbersTests(CallsUnderTest calls)
    {
        (_calls, _tenant, _http) = (calls, calls.NewTenant(), calls.Service.NewHttpClient());
        _http.DefaultRequestHeaders.Add("x-api-key", $"deployments:read,deployments:write {_tenant.ProjectId}");
        (_account, _number) = (calls.Twilio.Open(_tenant), new(_tenant.Number));
        _account.Numbers.Add(_number);
    }

    private string VoiceUrl => $"{CallsUnderTest.PublicUrl}/v1/talk/twilio/call/{_tenant.AssistantId}?x-api-key={_tenant.WebhookKey}{Retry}";

    private string StatusUrl => $"{CallsUnderTest.PublicUrl}/v1/talk/twilio/event/{_tenant.AssistantId}{Retry}";

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Without_apply_it_is_said_what_would_change_and_nothing_is_changed()
    {
        (_number.VoiceUrl, _number.VoiceMethod) = ("https://ann:secret@old.example.com/voice?PhoneNumber=5551234&token", "GET");

        var answer = await SetUpAsync();

        Assert.False((bool)answer["applied"]!);
        Assert.Equal((_tenant.Number, _tenant.AssistantId), ((string?)answer["number"], (string?)answer["assistant_id"]));
        Assert.Equal(
            [
                $"voice_url: https://…@old.example.com/voice?PhoneNumber=…&… → {VoiceUrl.Replace(_tenant.WebhookKey, "…", StringComparison.Ordinal)}",
                "voice_method: GET → POST",
                $"status_callback:  → {StatusUrl}",
            ],
            ChangesOf(answer));
        Assert.False(_number.Updates.Reader.TryRead(out _));
    }

    [Fact]
    public async Task With_apply_Twilio_is_told_and_a_call_to_the_number_reaches_the_assistant()
    {
        var answer = await SetUpAsync(("apply", true));

        Assert.True((bool)answer["applied"]!);
        var update = await _number.Updates.Reader.ReadAsync();
        Assert.Equal((VoiceUrl, "POST", StatusUrl, "POST"), (update["VoiceUrl"], update["VoiceMethod"], update["StatusCallback"], update["StatusCallbackMethod"]));
        var caller = _calls.NewCaller(_tenant);
        Assert.Equal(["Connect", "Redirect"], Document.Of(await caller.PostAsync(_number.VoiceUrl!, caller.Incoming)).Verbs);
        Assert.Equal(HttpStatusCode.NoContent, (await caller.PostAsync(_number.StatusCallback!, caller.Fields(("CallStatus", "completed")))).Status);
    }

    [Fact]
    public async Task What_stands_already_is_not_set_again()
    {
        await SetUpAsync(("apply", true));
        await _number.Updates.Reader.ReadAsync();

        var again = await SetUpAsync(("apply", true));

        Assert.Empty(ChangesOf(again));
        Assert.False(_number.Updates.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Callbacks_by_GET_are_made_POST_and_another_key_is_a_change()
    {
        await SetUpAsync(("apply", true));
        _number.StatusCallbackMethod = "GET";
        _number.VoiceUrl = _number.VoiceUrl!.Replace(_tenant.WebhookKey, "rpd-older", StringComparison.Ordinal);

        var shown = VoiceUrl.Replace(_tenant.WebhookKey, "…", StringComparison.Ordinal);
        Assert.Equal([$"voice_url: {shown} → {shown}", "status_callback_method: GET → POST"], ChangesOf(await SetUpAsync()));
    }

    [Fact]
    public async Task Another_number_of_the_account_is_set_up_and_one_that_only_begins_alike_is_left_alone()
    {
        var (other, longer) = (new FakeTwilio.OwnNumber("+1555111000"), new FakeTwilio.OwnNumber("+15551110004"));
        _account.Numbers.AddRange([longer, other]);

        await SetUpAsync(("apply", true), ("number", other.Number));

        Assert.Equal((VoiceUrl, null, null), (other.VoiceUrl, longer.VoiceUrl, _number.VoiceUrl));
    }

    [Fact]
    public async Task A_key_that_does_not_open_the_webhook_does_not_come_into_the_URL()
    {
        foreach (var (key, wrong) in new[]
                 {
                     (null, "webhook_key is missing: "), ("", "webhook_key is missing: "), (_tenant.ReadKey, "webhook_key lacks the scope webhook."),
                     (_calls.NewTenant().WebhookKey, "webhook_key is no key of this project"), (new Tenant().WebhookKey, "webhook_key is no key of this project"),
                 })
        {
            using var answer = await PostAsync(("webhook_key", key));
            Assert.Equal((HttpStatusCode.BadRequest, "webhook_key_invalid"), (answer.StatusCode, await answer.CodeAsync()));
            var said = await answer.DetailAsync();
            Assert.StartsWith(wrong, said, StringComparison.Ordinal);
            Assert.EndsWith(""" Make one with POST /v1/api-keys and "scopes": ["webhook"].""", said, StringComparison.Ordinal);
        }

        Assert.False(_number.Updates.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Without_an_assistant_it_is_said_that_it_is_missing() => Assert.Contains(
        "assistant_id is missing: ", await AssertRefusedAsync(HttpStatusCode.BadRequest, "assistant_id_invalid", ("assistant_id", null)), StringComparison.Ordinal);

    [Theory]
    [InlineData("assistant_id", "me", "assistant_id_invalid")]
    [InlineData("assistant_id", "999999999999999", "assistant_unknown")]
    [InlineData("number", "0312550100", "number_invalid")]
    public async Task What_cannot_be_is_refused_with_what_to_change(string field, string value, string code) =>
        await AssertRefusedAsync(HttpStatusCode.BadRequest, code, (field, value));

    [Theory]
    [InlineData("+15550001111", null, null, "number_not_on_account", "no such number")]
    [InlineData(null, "AP1", null, "number_routed_elsewhere", "voice_application_sid")]
    [InlineData(null, null, "TK1", "number_routed_elsewhere", "trunk_sid")]
    public async Task What_is_in_the_way_is_named(string? number, string? application, string? trunk, string code, string says)
    {
        (_number.ApplicationSid, _number.TrunkSid) = (application, trunk);

        Assert.Contains(says, await AssertRefusedAsync(HttpStatusCode.Conflict, code, ("number", number)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assistant_without_a_phone_deployment_or_its_credential_has_no_number_to_set_up()
    {
        _tenant.Missing.Add("phone_deployment");
        await AssertRefusedAsync(HttpStatusCode.Conflict, "phone_deployment_missing");

        _tenant.Missing.Clear();
        _tenant.DeployedCredentialId = Guid.NewGuid();
        await AssertRefusedAsync(HttpStatusCode.Conflict, "credential_unknown");
    }

    [Fact]
    public async Task Twilio_s_refusal_is_told_by_its_code_and_in_the_catalogue_s_words()
    {
        _number.Error = 21402;

        var said = await AssertRefusedAsync(HttpStatusCode.Conflict, "carrier_refused", ("apply", true));

        Assert.Contains("error 21402: Invalid Url.", said, StringComparison.Ordinal);
        Assert.DoesNotContain(_tenant.WebhookKey, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_Twilio_refuses_is_told_without_it()
    {
        _tenant.Rotate(_calls.Clock.GetUtcNow());

        using var listed = await _http.GetAsync($"/v1/numbers?credential_id={_tenant.CredentialId}");

        Assert.Equal((HttpStatusCode.Conflict, "carrier_refused"), (listed.StatusCode, await listed.CodeAsync()));
        var said = await listed.Content.ReadAsStringAsync();
        Assert.Contains("20003: Permission Denied", said, StringComparison.Ordinal);
        Assert.DoesNotContain(_tenant.AuthToken, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twilio_that_does_not_answer_is_unavailable()
    {
        _account.IsDown = true;

        using var answer = await PassTimeUntilAsync(PostAsync());

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "carrier_unreachable"), (answer.StatusCode, await answer.CodeAsync()));
    }

    [Fact]
    public async Task Numbers_are_listed_with_where_their_calls_go_and_without_the_key()
    {
        var (blocked, elsewhere, foreign) = (new FakeTwilio.OwnNumber("+15551110001"), new FakeTwilio.OwnNumber("+15551110002"), new FakeTwilio.OwnNumber("+15551110003"));
        await SetUpAsync(("apply", true));
        (blocked.VoiceUrl, blocked.TrunkSid) = (VoiceUrl, "TK1");
        elsewhere.VoiceUrl = VoiceUrl.Replace("voice.example.com", "other.example.com", StringComparison.Ordinal);
        foreign.VoiceUrl = VoiceUrl.Replace(_tenant.AssistantId, _calls.NewTenant().AssistantId, StringComparison.Ordinal);
        _account.Numbers.AddRange([blocked, elsewhere, foreign]);

        var numbers = await ListAsync();

        Assert.Equal(
            [
                $"{_tenant.Number} {_tenant.AssistantId}  True", $"+15551110001 {_tenant.AssistantId} trunk_sid False", "+15551110002   False", "+15551110003   False",
            ],
            numbers.Select(number => $"{number!["number"]} {number["assistant_id"]} {string.Join(',', number["in_the_way"]!.AsArray())} {(bool)number["set_up"]!}"));
        Assert.Equal(
            ("Front desk", VoiceUrl.Replace(_tenant.WebhookKey, "…", StringComparison.Ordinal), "POST", StatusUrl),
            ((string?)numbers[0]!["friendly_name"], (string?)numbers[0]!["voice_url"], (string?)numbers[0]!["voice_method"], (string?)numbers[0]!["status_callback"]));
        Assert.DoesNotContain(_tenant.WebhookKey, numbers.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_with_more_numbers_than_Twilio_gives_at_once_shows_all()
    {
        for (var i = 0; i < 120; i++)
            _account.Numbers.Add(new($"+1555222{i:0000}"));

        Assert.Equal(121, (await ListAsync()).Count);
    }

    [Fact]
    public async Task Another_project_s_credential_is_as_unknown_as_none()
    {
        using var theirs = await _http.GetAsync($"/v1/numbers?credential_id={_calls.NewTenant().CredentialId}");
        using var none = await _http.GetAsync($"/v1/numbers?credential_id={Guid.NewGuid()}");

        Assert.Equal((HttpStatusCode.NotFound, "credential_unknown"), (theirs.StatusCode, await theirs.CodeAsync()));
        Assert.Equal(await none.WithoutTraceAsync(), await theirs.WithoutTraceAsync());
    }

    private static string[] ChangesOf(JsonNode answer) =>
        [.. answer["changes"]!.AsArray().Select(change => $"{change!["field"]}: {change["from"]} → {change["to"]}")];

    private async Task<JsonArray> ListAsync() =>
        (await _http.GetFromJsonAsync<JsonNode>($"/v1/numbers?credential_id={_tenant.CredentialId}"))!["numbers"]!.AsArray();

    private async Task<JsonNode> SetUpAsync(params (string Name, JsonNode? Value)[] fields)
    {
        using var answer = await PostAsync(fields);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private async Task<string> AssertRefusedAsync(HttpStatusCode status, string code, params (string Name, JsonNode? Value)[] fields)
    {
        using var answer = await PostAsync(fields);
        Assert.Equal((status, code), (answer.StatusCode, await answer.CodeAsync()));
        return await answer.Content.ReadAsStringAsync();
    }

    private Task<HttpResponseMessage> PostAsync(params (string Name, JsonNode? Value)[] fields)
    {
        var body = new JsonObject { ["assistant_id"] = _tenant.AssistantId, ["webhook_key"] = _tenant.WebhookKey };
        foreach (var (name, value) in fields)
            body[name] = value;
        return _http.PostAsJsonAsync("/v1/numbers/setup", body);
    }

    // Pauses between tries are virtual, requests are real: time passes second by second, each with room for a request.
    private async Task<HttpResponseMessage> PassTimeUntilAsync(Task<HttpResponseMessage> answer)
    {
        for (var seconds = 0; seconds < 60 && !answer.IsCompleted; seconds++)
        {
            _calls.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(answer, Task.Delay(TimeSpan.FromMilliseconds(100)));
        }

        return await answer.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
