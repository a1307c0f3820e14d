using System.Net;
using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Calls;

namespace CallControl.Tests;

[Collection(nameof(CallsUnderTest))]
public sealed class StatusTests(CallsUnderTest calls)
{
    [Theory]
    [InlineData("")]
    [InlineData("?x-api-key=rpd-whatever")]
    public async Task A_callback_to_the_context_s_url_counts_with_and_without_a_key(string query)
    {
        var caller = calls.NewCaller();
        var document = await caller.RingAsync();

        var answer = await caller.PostAsync(document.StatusCallback.Split('#')[0] + query, caller.Fields(("CallStatus", "completed"), ("CallDuration", "7")));

        Assert.Equal((HttpStatusCode.NoContent, ""), (answer.Status, answer.Body));
        var call = (await calls.CallAsync(caller.CallSid))!;
        Assert.Equal((CallStatus.Completed, 7), (call.Status, call.DurationSeconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?x-api-key=rpd-whatever")]
    public async Task A_callback_to_the_number_s_url_finds_its_call_by_its_sid(string query)
    {
        var caller = calls.NewCaller();
        await caller.RingAsync();
        var url = $"{CallsUnderTest.PublicUrl}/v1/talk/twilio/event/{caller.Tenant.AssistantId}{query}";

        var unknown = await calls.NewCaller(caller.Tenant).PostAsync(url, calls.NewCaller(caller.Tenant).Fields(("CallStatus", "completed")));
        var answer = await caller.PostAsync(url, caller.Fields(("CallStatus", "busy")));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NoContent), (unknown.Status, answer.Status));
        Assert.Equal(CallStatus.Busy, (await calls.CallAsync(caller.CallSid))!.Status);
    }

    [Fact]
    public async Task Late_ringing_after_completed_is_ignored()
    {
        var caller = calls.NewCaller();
        var document = await caller.RingAsync();

        await caller.StatusAsync(document, "completed", ("SequenceNumber", "3"));
        await caller.StatusAsync(document, "ringing", ("SequenceNumber", "1"));
        await caller.StatusAsync(document, "failed", ("SequenceNumber", "4"));

        Assert.Equal(CallStatus.Completed, (await calls.CallAsync(caller.CallSid))!.Status);
    }

    [Fact]
    public async Task A_callback_that_comes_several_times_counts_once_and_the_end_is_told_once()
    {
        var caller = calls.NewCaller();
        var document = await caller.RingAsync();
        await caller.ClaimAsync(document);
        var call = (await calls.CallAsync(caller.CallSid))!;

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => caller.StatusAsync(document, "completed", ("SequenceNumber", "2"))));
        await caller.StatusAsync(document, "completed", ("SequenceNumber", "5"));
        await caller.NextAsync(document, ("CallStatus", "completed"));

        var ended = await calls.Ended.NextAsync(call.Id);
        Assert.Equal((call.ProjectId, call.ConversationId, "completed", "caller", "none", 1, 2L),
            (ended.ProjectId, ended.ConversationId, ended.Status, ended.EndedBy, ended.Fault, ended.Attempts, ended.Sequence));

        // Whatever else was told of this call was told before the end of the next one.
        await EndAnotherAsync();
        Assert.Single(calls.Ended.All, fact => fact.AggregateId == call.Id);
        await using var db = calls.NewDbContext();
        Assert.Equal(2, await db.Events.CountAsync(row => row.CallId == call.Id));
    }

    [Theory]
    [InlineData("failed", "carrier", "carrier")]
    [InlineData("busy", "caller", "none")]
    [InlineData("no-answer", "caller", "none")]
    [InlineData("canceled", "caller", "none")]
    [InlineData("completed", "caller", "none")]
    public async Task An_end_says_who_ended_it_and_whose_fault_it_was(string status, string endedBy, string fault)
    {
        var caller = calls.NewCaller();
        await caller.StatusAsync(await caller.RingAsync(), status);

        var ended = await calls.Ended.NextAsync((await calls.CallAsync(caller.CallSid))!.Id);

        Assert.Equal((status, endedBy, fault), (ended.Status, ended.EndedBy, ended.Fault));
    }

    [Fact]
    public async Task A_child_leg_never_ends_its_parent()
    {
        var caller = calls.NewCaller();
        var document = await caller.RingAsync();
        var child = new (string, string)[] { ("CallSid", $"CA{Guid.NewGuid():N}"), ("ParentCallSid", caller.CallSid) };

        var byContext = await caller.StatusAsync(document, "completed", child);
        var byNumber = await caller.PostAsync(
            $"{CallsUnderTest.PublicUrl}/v1/talk/twilio/event/{caller.Tenant.AssistantId}", caller.Fields(("CallStatus", "busy"), child));

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (byContext.Status, byNumber.Status));
        Assert.Equal(CallStatus.Ringing, (await calls.CallAsync(caller.CallSid))!.Status);
    }

    [Fact]
    public async Task A_stream_s_error_is_kept_and_ends_nothing()
    {
        var caller = calls.NewCaller();
        var document = await caller.RingAsync();

        await caller.PostAsync(document.StatusCallback, caller.Fields(
            ("StreamEvent", "stream-error"), ("StreamSid", "MZ1"), ("StreamError", "31921 remote close")));

        var call = (await calls.CallAsync(caller.CallSid))!;
        Assert.Equal(CallStatus.Ringing, call.Status);
        Assert.Equal(calls.Clock.GetUtcNow() + TimeSpan.FromSeconds(5), call.AskTwilioAt);
        await using var db = calls.NewDbContext();
        var callback = await db.Events.SingleAsync(row => row.CallId == call.Id);
        Assert.Equal(("stream", "stream-error", "31921 remote close"), (callback.Kind, callback.Word, callback.Detail));
    }

    [Fact]
    public async Task An_unsigned_callback_is_refused()
    {
        var caller = calls.NewCaller();
        var document = await caller.RingAsync();

        var answer = await caller.PostAsync(
            document.StatusCallback, caller.Fields(("CallStatus", "completed")), request => request.Headers.Remove("X-Twilio-Signature"));

        Assert.Equal((HttpStatusCode.Forbidden, "Forbidden"), (answer.Status, answer.Body));
        Assert.Equal(CallStatus.Ringing, (await calls.CallAsync(caller.CallSid))!.Status);
    }

    private async Task EndAnotherAsync()
    {
        var another = calls.NewCaller();
        await another.StatusAsync(await another.RingAsync(), "completed");
        await calls.Ended.NextAsync((await calls.CallAsync(another.CallSid))!.Id);
    }
}
