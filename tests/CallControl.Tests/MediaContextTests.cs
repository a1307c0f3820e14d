using System.Text;
using Grpc.Core;
using Rapida.CallControl.Calls;
using Rapida.Media.V1;
using Rapida.Testing;

namespace CallControl.Tests;

[Collection(nameof(CallsUnderTest))]
public sealed class MediaContextTests(CallsUnderTest calls)
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "/", true)]
    [InlineData(":8443", "", true)]
    [InlineData(":8443", "/", true)]
    [InlineData("", "x", false)]
    public async Task An_upgrade_is_proved_with_and_without_a_port_and_a_slash(string port, string end, bool authorised)
    {
        var caller = calls.NewCaller();
        var document = await caller.RingAsync();
        var url = $"wss://media.example.com{port}/v1/talk/twilio/ctx/{document.ContextId}";

        var answer = await calls.Relay.AuthoriseAsync(new()
        {
            ContextId = document.ContextId,
            Url = $"wss://media.example.com:8443/v1/talk/twilio/ctx/{document.ContextId}",
            Signature = TwilioSays.Signature(caller.Tenant.AuthToken, url + end, []),
        });

        Assert.Equal((authorised, authorised ? caller.Tenant.ProjectId.ToString() : ""), (answer.Authorised, answer.ProjectId));
    }

    [Fact]
    public async Task An_upgrade_after_the_end_of_the_call_is_refused()
    {
        var caller = calls.NewCaller();
        var document = await caller.RingAsync();
        await caller.StatusAsync(document, "completed");
        var url = document.Stream.Attribute("url")!.Value;

        var answer = await calls.Relay.AuthoriseAsync(new()
        {
            ContextId = document.ContextId,
            Url = url,
            Signature = TwilioSays.Signature(caller.Tenant.AuthToken, url, []),
        });

        Assert.False(answer.Authorised);
        await AssertRefusedAsync("call_over", () => caller.ClaimAsync(document));
    }

    [Fact]
    public async Task A_claim_gets_the_frozen_settings_and_the_trace_of_the_webhook()
    {
        var caller = calls.NewCaller();
        var trace = Guid.NewGuid().ToString("N");
        var document = Document.Of(await caller.PostAsync(
            caller.WebhookUrl, caller.Incoming, request => request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01")));
        calls.Clock.Advance(TimeSpan.FromSeconds(10));

        var claim = await caller.ClaimAsync(document);

        var call = Assert.Single(await calls.CallsOfAsync(caller.Tenant));
        Assert.Equal((call.Id.ToString(), call.ConversationId.ToString(), 1), (claim.CallId, claim.ConversationId, claim.Attempt));
        Assert.Equal((CallStatus.InProgress, calls.Clock.GetUtcNow()), (call.Status, call.AnsweredAt));
        Assert.Equal(("scripted", "pocketsphinx", "flite", 3), (
            claim.Settings.LanguageModel.Name, claim.Settings.SpeechToText.Name, claim.Settings.TextToSpeech.Name, claim.Settings.AssistantVersion));
        Assert.Equal(TimeSpan.FromMinutes(5), claim.Settings.Remaining.ToTimeSpan());
        Assert.Equal(("look", Tenant.Desk, true), (
            Assert.Single(claim.Settings.Tools).Name, claim.Settings.TransferTargets["desk"], claim.Settings.SendKeys));
        Assert.Null(claim.Settings.ReturnedFrom);
        Assert.Contains(trace, claim.Traceparent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_grant_is_for_vault_and_names_the_call_s_credentials_and_no_others()
    {
        var caller = calls.NewCaller();

        var claim = await caller.ClaimAsync(await caller.RingAsync());

        var grant = await Token.ReadAsync(claim.CredentialGrant, calls.Keys, "vault", calls.Clock);
        Assert.Equal(caller.Tenant.ProjectId.ToString(), grant.GetPayloadValue<string>("project_id"));
        Assert.Equal(
            [caller.Tenant.LanguageModelCredentialId.ToString(), caller.Tenant.ToolCredentialId.ToString()],
            grant.GetPayloadValue<string[]>("credential_ids"));
        Assert.Equal(calls.Clock.GetUtcNow() + TimeSpan.FromMinutes(10), new DateTimeOffset(grant.ValidTo));
    }

    [Fact]
    public async Task The_headers_of_a_tool_are_names_and_a_credential_and_their_values_are_nowhere()
    {
        var caller = calls.NewCaller();

        var claim = await caller.ClaimAsync(await caller.RingAsync());

        var tool = Assert.Single(claim.Settings.Tools);
        Assert.Equal((caller.Tenant.ToolCredentialId.ToString(), "X-Key"), (tool.CredentialId, Assert.Single(tool.HeaderNames)));
        Assert.Empty(tool.Headers);
        var rows = await calls.DumpAsync();
        Assert.Contains(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(tool.CredentialId)), rows, StringComparison.Ordinal);
        Assert.All(Disguises.Of(caller.Tenant.ToolKey), key => Assert.DoesNotContain(key, rows, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_stream_asking_again_gets_the_same_and_another_gets_nothing()
    {
        var caller = calls.NewCaller();
        var document = await caller.RingAsync();
        var first = await caller.ClaimAsync(document, claim => claim.StreamSid = "MZ1");

        // Long after the ticket has expired.
        calls.Clock.Advance(TimeSpan.FromMinutes(3));
        var again = await caller.ClaimAsync(document, claim => claim.StreamSid = "MZ1");

        Assert.Equal(TimeSpan.FromMinutes(2), again.Settings.Remaining.ToTimeSpan());
        // The grant is signed anew, with another random number and for the time that is now.
        (again.CredentialGrant, again.Settings.Remaining) = (first.CredentialGrant, first.Settings.Remaining);
        Assert.Equal(first, again);
        await AssertRefusedAsync("context_claimed", () => caller.ClaimAsync(document, claim => claim.StreamSid = "MZ2"));
    }

    [Fact]
    public async Task A_ticket_is_good_for_two_minutes()
    {
        var (early, late) = (calls.NewCaller(), calls.NewCaller());
        var (inTime, tooLate) = (await early.RingAsync(), await late.RingAsync());

        calls.Clock.Advance(TimeSpan.FromMinutes(2));
        await early.ClaimAsync(inTime);
        calls.Clock.Advance(TimeSpan.FromSeconds(1));
        await AssertRefusedAsync("ticket_expired", () => late.ClaimAsync(tooLate));
    }

    [Fact]
    public async Task Nothing_that_belongs_to_another_call_opens_this_one()
    {
        var (caller, other) = (calls.NewCaller(), calls.NewCaller());
        var (document, theirs) = (await caller.RingAsync(), await other.RingAsync());

        await AssertRefusedAsync("context_refused", () => caller.ClaimAsync(document, claim => claim.Ticket = theirs.Ticket));
        await AssertRefusedAsync("context_refused", () => caller.ClaimAsync(document, claim => claim.CallSid = other.CallSid));
        await AssertRefusedAsync("context_refused", () => caller.ClaimAsync(document, claim => claim.AccountSid = other.Tenant.AccountSid));
        await AssertRefusedAsync("context_refused", () => caller.ClaimAsync(document, claim => claim.ProjectId = other.Tenant.ProjectId.ToString()));
        await AssertRefusedAsync("context_refused", () => caller.ClaimAsync(document, claim => claim.Ticket = ""));
        await caller.ClaimAsync(document);
    }

    [Fact]
    public async Task A_claim_and_a_question_at_the_same_moment_do_not_wait_for_each_other_for_ever() =>
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            var caller = calls.NewCaller();
            var document = await caller.RingAsync();
            var claim = caller.ClaimAsync(document);
            var next = await caller.NextAsync(document);

            Assert.Equal(["Say", "Hangup"], next.Verbs);
            Assert.Equal(1, (await claim).Attempt);
        }));

    [Fact]
    public async Task Only_a_relay_may_ask()
    {
        var caller = calls.NewCaller();
        var request = new AuthoriseRequest { ContextId = (await caller.RingAsync()).ContextId };

        var gateway = await Assert.ThrowsAsync<RpcException>(() =>
            new MediaContexts.MediaContextsClient(calls.Service.CallAs("gateway")).AuthoriseAsync(request).ResponseAsync);
        var nobody = await Assert.ThrowsAsync<RpcException>(() =>
            new MediaContexts.MediaContextsClient(calls.Service.CallAsNobody()).AuthoriseAsync(request).ResponseAsync);

        Assert.Equal((StatusCode.PermissionDenied, StatusCode.Unauthenticated), (gateway.StatusCode, nobody.StatusCode));
    }

    [Fact]
    public async Task A_new_stream_raises_the_attempt_and_the_older_one_may_not_leave_any_more()
    {
        var caller = calls.NewCaller();
        var first = await caller.RingAsync();
        await caller.ClaimAsync(first);
        await caller.LeaveAsync(first, 1, LeaveIntent.Handover);
        var second = await caller.NextAsync(first);

        Assert.Equal(2, (await caller.ClaimAsync(second)).Attempt);

        await AssertRefusedAsync("attempt_over", () => caller.LeaveAsync(first, 1, LeaveIntent.Hangup));
        await AssertRefusedAsync("attempt_over", () => caller.LeaveAsync(first, 2, LeaveIntent.Hangup));
        await caller.LeaveAsync(second, 2, LeaveIntent.Hangup);
    }

    [Theory]
    [InlineData(LeaveIntent.Unspecified, "", "intent_missing")]
    [InlineData((LeaveIntent)99, "", "intent_missing")]
    [InlineData(LeaveIntent.Transfer, "", "target_invalid")]
    [InlineData(LeaveIntent.Transfer, "+15559999999", "target_not_allowed")]
    [InlineData(LeaveIntent.Transfer, "<Number>+15551230000</Number>", "target_invalid")]
    [InlineData(LeaveIntent.Digits, "", "digits_invalid")]
    [InlineData(LeaveIntent.Digits, "1234A", "digits_invalid")]
    public async Task A_leave_that_says_nothing_useful_is_refused(LeaveIntent intent, string target, string code)
    {
        var caller = calls.NewCaller();
        var document = await caller.RingAsync();
        await caller.ClaimAsync(document);

        await AssertRefusedAsync(code, () => caller.LeaveAsync(document, 1, intent, target));
    }

    private static async Task AssertRefusedAsync(string code, Func<Task> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<RpcException>(call)).Trailers.GetValue("problem-code"));
}
