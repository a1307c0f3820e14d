using System.Net;

namespace CallControl.Tests;

/// <summary>From outside every refusal is the same; inside it is counted by project, reason and minute.</summary>
[Collection(nameof(CallsUnderTest))]
public sealed class RefusalTests : IAsyncLifetime
{
    private static readonly Answer Refused = new(HttpStatusCode.Forbidden, "text/plain", "Forbidden");

    private readonly CallsUnderTest _calls;
    private readonly Caller _caller;

    public RefusalTests(CallsUnderTest calls)
    {
        (_calls, _caller) = (calls, calls.NewCaller());
        _calls.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    private string Url => _caller.WebhookUrl;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => Assert.Null(await _calls.CallAsync(_caller.CallSid));

    [Fact]
    public async Task A_forged_signature() => await AssertRefusedAsync(
        await _caller.PostAsync(Url, _caller.Incoming, request => Sign(request, TwilioSays.Signature("guessed", Url, _caller.Incoming))),
        _caller.Tenant.ProjectId, "webhook_signature");

    [Fact]
    public async Task A_signature_over_other_fields() => await AssertRefusedAsync(
        await _caller.PostAsync(Url, _caller.Incoming, request => Sign(request, TwilioSays.Signature(_caller.Tenant.AuthToken, Url, _caller.Incoming[1..]))),
        _caller.Tenant.ProjectId, "webhook_signature");

    [Fact]
    public async Task No_signature() => await AssertRefusedAsync(
        await _caller.PostAsync(Url, _caller.Incoming, request => request.Headers.Remove("X-Twilio-Signature")),
        _caller.Tenant.ProjectId, "webhook_signature");

    [Fact]
    public async Task A_key_that_nobody_holds() => await AssertRefusedAsync(
        await _caller.PostAsync(Url.Replace(_caller.Tenant.WebhookKey, new Tenant().WebhookKey, StringComparison.Ordinal), _caller.Incoming),
        Guid.Empty, "webhook_api_key");

    [Fact]
    public async Task No_key() => await AssertRefusedAsync(await _caller.PostAsync(Url.Split('?')[0], _caller.Incoming), Guid.Empty, "webhook_api_key");

    [Fact]
    public async Task A_key_for_other_things() => await AssertRefusedAsync(
        await _caller.PostAsync(Url.Replace(_caller.Tenant.WebhookKey, _caller.Tenant.ReadKey, StringComparison.Ordinal), _caller.Incoming),
        _caller.Tenant.ProjectId, "webhook_scope");

    [Fact]
    public async Task Another_project_s_assistant() => await AssertRefusedAsync(
        await _caller.PostAsync(Url.Replace(_caller.Tenant.AssistantId, _calls.NewTenant().AssistantId, StringComparison.Ordinal), _caller.Incoming),
        _caller.Tenant.ProjectId, "webhook_assistant_unknown");

    [Fact]
    public async Task An_assistant_that_nobody_has() => await AssertRefusedAsync(
        await _caller.PostAsync(Url.Replace(_caller.Tenant.AssistantId, "123456789012345", StringComparison.Ordinal), _caller.Incoming),
        _caller.Tenant.ProjectId, "webhook_assistant_unknown");

    [Fact]
    public async Task Another_account_s_sid() => await AssertRefusedAsync(
        await _caller.PostAsync(Url, With("AccountSid", _calls.NewTenant().AccountSid)), _caller.Tenant.ProjectId, "webhook_account");

    [Fact]
    public async Task A_deployment_with_a_credential_that_is_not_there()
    {
        _caller.Tenant.DeployedCredentialId = Guid.NewGuid();

        await AssertRefusedAsync(await _caller.PostAsync(Url, _caller.Incoming), _caller.Tenant.ProjectId, "webhook_account");
    }

    [Fact]
    public async Task A_deployment_with_another_project_s_credential()
    {
        var other = _calls.NewCaller();
        await other.RingAsync();
        _caller.Tenant.DeployedCredentialId = other.Tenant.CredentialId;

        await AssertRefusedAsync(
            await _caller.PostAsync(Url, With("AccountSid", other.Tenant.AccountSid), request => Sign(
                request, TwilioSays.Signature(other.Tenant.AuthToken, Url, With("AccountSid", other.Tenant.AccountSid)))),
            _caller.Tenant.ProjectId, "webhook_account");
    }

    [Theory]
    [InlineData("CallSid", "CA1")]
    [InlineData("CallSid", "CA00112233445566778899aabbccddeeff\n")]
    [InlineData("CallSid", "AC00112233445566778899aabbccddeeff")]
    [InlineData("AccountSid", "CA00112233445566778899aabbccddeeff")]
    public async Task A_sid_of_the_wrong_shape(string field, string value) =>
        await AssertRefusedAsync(await _caller.PostAsync(Url, With(field, value)), Guid.Empty, "webhook_shape");

    [Fact]
    public async Task A_form_with_more_fields_than_anyone_sends() => await AssertRefusedAsync(
        await _caller.PostAsync(Url, [.. _caller.Incoming, .. Enumerable.Range(0, 2_000).Select(number => ($"f{number}", ""))]),
        Guid.Empty, "webhook_shape");

    [Fact]
    public async Task A_body_that_is_no_form() => await AssertRefusedAsync(
        await _caller.PostAsync(Url, _caller.Incoming, request => request.Content = JsonContent.Create(new { CallSid = _caller.CallSid })),
        Guid.Empty, "webhook_shape");

    [Fact]
    public async Task A_body_without_end() => await AssertRefusedAsync(
        await _caller.PostAsync(Url, [.. _caller.Incoming, ("Padding", new string('x', 100_000))]), Guid.Empty, "webhook_shape");

    [Fact]
    public async Task A_call_that_another_project_holds()
    {
        var other = _calls.NewCaller();
        var theirs = await other.RingAsync();
        var mine = new Caller(_calls, _caller.Tenant) { CallSid = other.CallSid };

        await AssertRefusedAsync(await mine.PostAsync(mine.WebhookUrl, mine.Incoming), mine.Tenant.ProjectId, "webhook_other_call");
        Assert.Equal(theirs.Text, (await other.RingAsync()).Text);
    }

    [Fact]
    public async Task A_flood_is_one_row_with_a_count()
    {
        for (var i = 0; i < 5; i++)
            await _caller.PostAsync(Url, _caller.Incoming, request => Sign(request, "bm8="));

        Assert.Equal(5, Assert.Single(await _calls.DiagnosticsOfThisMinuteAsync()).Count);
    }

    private static void Sign(HttpRequestMessage request, string signature)
    {
        request.Headers.Remove("X-Twilio-Signature");
        request.Headers.Add("X-Twilio-Signature", signature);
    }

    private (string, string)[] With(string name, string value) => [.. _caller.Incoming.Where(field => field.Name != name), (name, value)];

    private async Task AssertRefusedAsync(Answer answer, Guid project, string reason)
    {
        Assert.Equal(Refused, answer);
        var row = Assert.Single(await _calls.DiagnosticsOfThisMinuteAsync());
        Assert.Equal((project, reason, 1), (row.ProjectId, row.Reason, row.Count));
    }
}
