using Grpc.Core;
using Rapida.Calls.V1;

namespace CallControl.Tests;

[Collection(nameof(CallsUnderTest))]
public sealed class VerifyCredentialTests(CallsUnderTest calls)
{
    private readonly CredentialChecks.CredentialChecksClient _vault = new(calls.Service.CallAs("vault"));

    [Fact]
    public async Task Twilio_takes_the_token_and_the_api_key()
    {
        var tenant = calls.NewTenant();
        var account = calls.Twilio.Open(tenant);

        Assert.True((await VerifyAsync(tenant)).Connected);

        (tenant.ApiKey, account.ApiKey) = (("SK1", "key0secret"), "SK1:key0secret");
        var answer = await VerifyAsync(tenant);
        Assert.Equal((true, "", ""), (answer.Connected, answer.Reason, answer.Detail));
    }

    [Theory]
    [InlineData("suspended", "account_suspended")]
    [InlineData("closed", "account_closed")]
    public async Task An_account_that_cannot_call_is_told(string status, string reason)
    {
        var tenant = calls.NewTenant();
        calls.Twilio.Open(tenant).Status = status;

        await AssertFailsAsync(tenant, reason);
    }

    [Fact]
    public async Task A_token_that_twilio_refuses_is_told_without_it()
    {
        var tenant = calls.NewTenant();

        var answer = await AssertFailsAsync(tenant, "auth_token_refused");

        Assert.DoesNotContain(tenant.AuthToken, answer.Detail, StringComparison.Ordinal);
        calls.AssertNoSecretsIn(calls.Service.Logs);
    }

    [Fact]
    public async Task An_api_key_that_twilio_refuses_is_told_without_its_secret()
    {
        var tenant = calls.NewTenant();
        calls.Twilio.Open(tenant).ApiKey = "SK1:another";
        tenant.ApiKey = ("SK1", "key0secret");

        var answer = await AssertFailsAsync(tenant, "api_key_refused");

        Assert.DoesNotContain("key0secret", answer.Detail, StringComparison.Ordinal);
        calls.AssertNoSecretsIn(calls.Service.Logs, "key0secret");
    }

    [Fact]
    public async Task The_token_of_a_lease_from_before_the_rotation_is_not_what_is_verified()
    {
        var caller = calls.NewCaller();
        await caller.RingAsync();
        caller.Tenant.Rotate(calls.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        calls.Twilio.Open(caller.Tenant);

        Assert.True((await VerifyAsync(caller.Tenant)).Connected);
    }

    [Fact]
    public async Task Twilio_that_does_not_answer_is_no_word_about_the_credential()
    {
        var tenant = calls.NewTenant();
        calls.Twilio.Open(tenant).IsDown = true;

        var verifying = VerifyAsync(tenant);
        // Pauses between tries are virtual, requests are real: time passes second by second, each with room for a request.
        for (var seconds = 0; seconds < 60 && !verifying.IsCompleted; seconds++)
        {
            calls.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(verifying, Task.Delay(TimeSpan.FromMilliseconds(100)));
        }

        Assert.Equal((false, "carrier_unreachable"), ((await verifying).Connected, (await verifying).Reason));
    }

    [Fact]
    public async Task A_credential_of_another_project_is_unknown()
    {
        var (owner, stranger) = (calls.NewTenant(), calls.NewTenant());
        var request = new VerifyCredentialRequest { ProjectId = stranger.ProjectId.ToString(), CredentialId = owner.CredentialId.ToString() };

        var refused = await Assert.ThrowsAsync<RpcException>(() => _vault.VerifyAsync(request).ResponseAsync);

        Assert.Equal(StatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task Only_vault_may_have_a_credential_verified()
    {
        var gateway = new CredentialChecks.CredentialChecksClient(calls.Service.CallAs("gateway"));

        var refused = await Assert.ThrowsAsync<RpcException>(() => gateway.VerifyAsync(new()).ResponseAsync);

        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
    }

    private async Task<VerifyCredentialResponse> AssertFailsAsync(Tenant tenant, string reason)
    {
        var answer = await VerifyAsync(tenant);
        Assert.Equal((false, reason), (answer.Connected, answer.Reason));
        Assert.NotEqual("", answer.Detail);
        return answer;
    }

    private async Task<VerifyCredentialResponse> VerifyAsync(Tenant tenant) =>
        await _vault.VerifyAsync(new() { ProjectId = tenant.ProjectId.ToString(), CredentialId = tenant.CredentialId.ToString() });
}
