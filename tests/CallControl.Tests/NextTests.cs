using System.Net;
using Rapida.CallControl.Calls;
using Rapida.Media.V1;

namespace CallControl.Tests;

[Collection(nameof(CallsUnderTest))]
public sealed class NextTests(CallsUnderTest calls)
{
    [Fact]
    public async Task A_hang_up_of_the_assistant_s_hangs_up()
    {
        var (caller, document) = await LeftAsync(LeaveIntent.Hangup, reason: "idle");

        Assert.Equal(["Hangup"], (await caller.NextAsync(document)).Verbs);

        await caller.StatusAsync(document, "completed");
        var call = (await calls.CallAsync(caller.CallSid))!;
        Assert.Equal(("idle", "none"), (call.EndedBy, call.Fault));
    }

    [Fact]
    public async Task Digits_are_played_and_the_assistant_comes_back()
    {
        var (caller, document) = await LeftAsync(LeaveIntent.Digits, "1w2#");

        var next = await caller.NextAsync(document);

        Assert.Equal(["Play", "Connect", "Redirect"], next.Verbs);
        Assert.Equal("1w2#", next.Root.Element("Play")!.Attribute("digits")!.Value);
        await AssertResumesAsync(caller, document, next, LeaveIntent.Digits);
    }

    [Fact]
    public async Task A_handover_connects_to_another_relay()
    {
        var (caller, document) = await LeftAsync(LeaveIntent.Handover);

        var next = await caller.NextAsync(document);

        Assert.Equal(["Connect", "Redirect"], next.Verbs);
        await AssertResumesAsync(caller, document, next, LeaveIntent.Handover);
    }

    [Fact]
    public async Task A_transfer_dials_and_asks_what_became_of_it()
    {
        var (caller, document) = await LeftAsync(LeaveIntent.Transfer, "+15557654321");

        var next = await caller.NextAsync(document);

        Assert.Equal(["Dial"], next.Verbs);
        Assert.Equal(("+15557654321", document.Action), (next.Root.Element("Dial")!.Value, next.Action));
        Assert.Equal(["Hangup"], (await caller.NextAsync(next, ("DialCallStatus", "completed"))).Verbs);
        Assert.Equal(["Hangup"], (await caller.NextAsync(next, ("DialCallStatus", "completed"))).Verbs);
    }

    [Theory]
    [InlineData("no-answer")]
    [InlineData("busy")]
    [InlineData("failed")]
    public async Task A_transfer_that_nobody_takes_comes_back_to_the_assistant_once(string dialled)
    {
        var (caller, document) = await LeftAsync(LeaveIntent.Transfer, "+15557654321");
        var dial = await caller.NextAsync(document);

        var back = await caller.NextAsync(dial, ("DialCallStatus", dialled));
        var retried = await caller.NextAsync(dial, ("DialCallStatus", dialled));

        Assert.Equal(["Connect", "Redirect"], back.Verbs);
        Assert.Equal(back.Text, retried.Text);
        await AssertResumesAsync(caller, document, back, LeaveIntent.Transfer, dialled);
    }

    [Theory]
    [InlineData(LeaveIntent.Hangup, "")]
    [InlineData(LeaveIntent.Digits, "1")]
    [InlineData(LeaveIntent.Handover, "")]
    [InlineData(LeaveIntent.Transfer, "+15557654321")]
    public async Task A_retry_hears_the_same(LeaveIntent intent, string target)
    {
        var (caller, document) = await LeftAsync(intent, target);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => caller.NextAsync(document)));

        Assert.Single(answers.Select(answer => answer.Text).Distinct());
        Assert.Equal(answers[0].Text, Document.Of(await caller.GetAsync(document.Action, caller.Fields(("CallStatus", "in-progress")))).Text);
    }

    [Fact]
    public async Task After_a_lost_stream_the_caller_hears_why_and_the_fault_is_ours()
    {
        var caller = calls.NewCaller();
        var document = await caller.RingAsync();
        await caller.ClaimAsync(document);

        await AssertApologisesAsync(caller, document, "stream_lost");
    }

    [Fact]
    public async Task After_a_stream_that_never_began_as_well()
    {
        var caller = calls.NewCaller();

        await AssertApologisesAsync(caller, await caller.RingAsync(), "stream_never_started");
    }

    [Fact]
    public async Task A_caller_who_is_gone_gets_no_answer()
    {
        var (caller, document) = await LeftAsync(LeaveIntent.Handover);

        Assert.Empty((await caller.NextAsync(document, ("CallStatus", "completed"), ("CallDuration", "49"))).Verbs);
        Assert.Empty((await caller.NextAsync(document)).Verbs);

        var call = (await calls.CallAsync(caller.CallSid))!;
        Assert.Equal((CallStatus.Completed, 49, "caller", "none"), (call.Status, call.DurationSeconds, call.EndedBy, call.Fault));
    }

    [Fact]
    public async Task A_forged_context_costs_no_look_up()
    {
        var caller = calls.NewCaller();
        var document = await caller.RingAsync();
        var forged = (document.ContextId[0] == 'A' ? 'B' : 'A') + document.ContextId[1..];
        var before = calls.Commands.CountOf("media_contexts");

        var answer = await caller.PostAsync(
            document.Action.Replace(document.ContextId, forged, StringComparison.Ordinal), caller.Fields(("CallStatus", "in-progress")));

        Assert.Equal((HttpStatusCode.Forbidden, "Forbidden"), (answer.Status, answer.Body));
        Assert.Equal(before, calls.Commands.CountOf("media_contexts"));
    }

    [Fact]
    public async Task Nobody_else_may_ask()
    {
        var (caller, other) = (calls.NewCaller(), calls.NewCaller());
        var document = await caller.RingAsync();

        var stranger = await other.PostAsync(document.Action, other.Fields(("CallStatus", "completed")));
        var forger = await other.PostAsync(document.Action, caller.Fields(("CallStatus", "completed")));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (stranger.Status, forger.Status));
        Assert.Equal(CallStatus.Ringing, (await calls.CallAsync(caller.CallSid))!.Status);
    }

    private async Task<(Caller Caller, Document Document)> LeftAsync(LeaveIntent intent, string target = "", string reason = "")
    {
        var caller = calls.NewCaller();
        var document = await caller.RingAsync();
        var claim = await caller.ClaimAsync(document);
        await caller.LeaveAsync(document, claim.Attempt, intent, target, reason);
        return (caller, document);
    }

    private static async Task AssertResumesAsync(Caller caller, Document before, Document next, LeaveIntent intent, string outcome = "")
    {
        Assert.NotEqual(before.ContextId, next.ContextId);
        Assert.NotEqual(before.Ticket, next.Ticket);
        var claim = await caller.ClaimAsync(next);
        Assert.Equal(2, claim.Attempt);
        Assert.Equal(new ReturnedFrom { Intent = intent, Outcome = outcome }, claim.Settings.ReturnedFrom);
    }

    private async Task AssertApologisesAsync(Caller caller, Document document, string failure)
    {
        var next = await caller.NextAsync(document);

        Assert.Equal(["Say", "Hangup"], next.Verbs);
        Assert.Equal(caller.Tenant.ErrorMessage, next.Root.Element("Say")!.Value);
        await caller.StatusAsync(document, "completed");
        var call = (await calls.CallAsync(caller.CallSid))!;
        Assert.Equal((failure, "error", "us"), (call.FailureCode, call.EndedBy, call.Fault));
    }
}
