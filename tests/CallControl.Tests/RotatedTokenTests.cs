using System.Net;

namespace CallControl.Tests;

/// <summary>While a token is replaced, Twilio signs with either: no call may be lost for it.</summary>
[Collection(nameof(CallsUnderTest))]
public sealed class RotatedTokenTests(CallsUnderTest calls)
{
    [Fact]
    public async Task Webhooks_and_upgrades_may_be_signed_with_either_token_while_the_grace_lasts()
    {
        var caller = calls.NewCaller();
        await caller.RingAsync();
        var old = await RotateAsync(caller.Tenant, TimeSpan.FromMinutes(2));

        var next = calls.NewCaller(caller.Tenant);
        var document = await next.RingAsync();

        Assert.NotEqual(old, caller.Tenant.AuthToken);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(calls.NewCaller(caller.Tenant), old)).Status);
        foreach (var token in new[] { old, caller.Tenant.AuthToken })
        {
            Assert.Equal(HttpStatusCode.NoContent, (await CallbackAsync(next, document, token)).Status);
            Assert.True(await IsAuthorisedAsync(document, token));
        }
    }

    [Fact]
    public async Task When_the_grace_is_over_the_old_token_signs_nothing_even_within_the_lease()
    {
        var caller = calls.NewCaller();
        var document = await caller.RingAsync();
        var old = await RotateAsync(caller.Tenant, TimeSpan.FromMinutes(2));
        Assert.True(await IsAuthorisedAsync(document, old));

        calls.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(calls.NewCaller(caller.Tenant), old)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await CallbackAsync(caller, document, old)).Status);
        Assert.False(await IsAuthorisedAsync(document, old));
        Assert.True(await IsAuthorisedAsync(document, caller.Tenant.AuthToken));
    }

    [Fact]
    public async Task A_callback_of_a_call_whose_credential_was_deleted_is_refused()
    {
        var caller = calls.NewCaller();
        var document = await caller.RingAsync();
        caller.Tenant.IsCredentialDeleted = true;
        await calls.CredentialChangedAsync(caller.Tenant);

        Assert.Equal(HttpStatusCode.Forbidden, (await CallbackAsync(caller, document, caller.Tenant.AuthToken)).Status);
        Assert.False(await IsAuthorisedAsync(document, caller.Tenant.AuthToken));
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(calls.NewCaller(caller.Tenant), caller.Tenant.AuthToken)).Status);
    }

    private async Task<string> RotateAsync(Tenant tenant, TimeSpan grace)
    {
        var old = tenant.AuthToken;
        tenant.Rotate(calls.Clock.GetUtcNow() + grace);
        await calls.CredentialChangedAsync(tenant);
        return old;
    }

    private static Task<Answer> PostAsync(Caller caller, string token) =>
        caller.PostAsync(caller.WebhookUrl, caller.Incoming, request => Sign(request, caller.WebhookUrl, caller.Incoming, token));

    private static Task<Answer> CallbackAsync(Caller caller, Document document, string token)
    {
        var fields = caller.Fields(("CallStatus", "in-progress"));
        var url = document.StatusCallback.Split('#')[0];
        return caller.PostAsync(url, fields, request => Sign(request, url, fields, token));
    }

    private static void Sign(HttpRequestMessage request, string url, IReadOnlyCollection<(string Name, string Value)> form, string token)
    {
        request.Headers.Remove("X-Twilio-Signature");
        request.Headers.Add("X-Twilio-Signature", TwilioSays.Signature(token, url, form));
    }

    private async Task<bool> IsAuthorisedAsync(Document document, string token)
    {
        var url = document.Stream.Attribute("url")!.Value;
        var answer = await calls.Relay.AuthoriseAsync(new()
        {
            ContextId = document.ContextId,
            Url = url,
            Signature = TwilioSays.Signature(token, url, []),
        });
        return answer.Authorised;
    }
}
