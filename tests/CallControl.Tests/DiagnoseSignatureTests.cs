using System.Net;
using System.Text.Json.Nodes;

namespace CallControl.Tests;

/// <summary>POST /v1/diagnostics/signature, as an operator asks when Twilio's webhooks are refused.</summary>
[Collection(nameof(CallsUnderTest))]
public sealed class DiagnoseSignatureTests(CallsUnderTest calls)
{
    [Fact]
    public async Task An_operator_is_told_which_URL_was_signed_and_neither_token_nor_key()
    {
        var caller = calls.NewCaller();
        var told = caller.WebhookUrl.Replace("voice.example.com", "tunnel.example.net", StringComparison.Ordinal);

        var (status, finding) = await AskAsync(caller, told, TwilioSays.Signature(caller.Tenant.AuthToken, told, caller.Incoming));

        Assert.Equal((HttpStatusCode.OK, false, "host"), (status, (bool)finding["valid"]!, (string)finding["cause"]!));
        Assert.StartsWith("https://tunnel.example.net/v1/talk/twilio/call/", (string)finding["signed_url"]!, StringComparison.Ordinal);
        Assert.Contains("Public:BaseUrl is https://voice.example.com", (string)finding["detail"]!, StringComparison.Ordinal);
        Assert.DoesNotContain(caller.Tenant.AuthToken, finding.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(caller.Tenant.WebhookKey, finding.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_that_holds_is_called_valid()
    {
        var caller = calls.NewCaller();

        var (_, finding) = await AskAsync(
            caller, caller.WebhookUrl, TwilioSays.Signature(caller.Tenant.AuthToken, caller.WebhookUrl, caller.Incoming));

        Assert.True((bool)finding["valid"]!);
    }

    [Fact]
    public async Task Another_project_s_credential_is_as_unknown_as_none()
    {
        var (caller, other) = (calls.NewCaller(), calls.NewCaller());

        var theirs = await AskAsync(caller, caller.WebhookUrl, "", other.Tenant.CredentialId.ToString());
        var none = await AskAsync(caller, caller.WebhookUrl, "", Guid.NewGuid().ToString());

        Assert.Equal((HttpStatusCode.NotFound, "credential_unknown"), (theirs.Status, (string)theirs.Body["code"]!));
        Assert.Equal(none.Status, theirs.Status);
    }

    [Theory]
    [InlineData("/v1/talk", """{"a":"b"}""", "url_invalid")]
    [InlineData("https://voice.example.com/", """{"a":1}""", "params_invalid")]
    [InlineData("https://voice.example.com/", """{"a":["b",null]}""", "params_invalid")]
    public async Task What_cannot_be_examined_is_told(string url, string fields, string code)
    {
        var caller = calls.NewCaller();

        var (status, problem) = await AskAsync(caller, url, "", fields: JsonNode.Parse(fields));

        Assert.Equal((HttpStatusCode.BadRequest, code), (status, (string)problem["code"]!));
    }

    [Fact]
    public async Task A_webhook_whose_host_is_not_ours_is_counted_as_such()
    {
        calls.Clock.Advance(TimeSpan.FromMinutes(1));
        var caller = calls.NewCaller();
        var told = caller.WebhookUrl.Replace("voice.example.com", "tunnel.example.net", StringComparison.Ordinal);

        var answer = await caller.PostAsync(caller.WebhookUrl, caller.Incoming, request =>
        {
            request.Headers.Remove("X-Twilio-Signature");
            request.Headers.Add("X-Twilio-Signature", TwilioSays.Signature(caller.Tenant.AuthToken, told, caller.Incoming));
            request.Headers.Add("X-Forwarded-Host", "tunnel.example.net");
            request.Headers.Add("X-Forwarded-Proto", "https");
        });

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        var row = Assert.Single(await calls.DiagnosticsOfThisMinuteAsync());
        Assert.Equal((caller.Tenant.ProjectId, "webhook_signature_host"), (row.ProjectId, row.Reason));
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> AskAsync(
        Caller caller, string url, string signature, string? credentialId = null, JsonNode? fields = null)
    {
        using var http = calls.Rest(caller.Tenant);
        using var answer = await http.PostAsJsonAsync("/v1/diagnostics/signature", new
        {
            credential_id = credentialId ?? caller.Tenant.CredentialId.ToString(),
            url,
            signature,
            @params = fields ?? new JsonObject(caller.Incoming.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)field.Value))),
        });
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>())!);
    }
}
