using Rapida.CallControl.Calls;
using Rapida.CallControl.Outbound;
using Rapida.Media.V1;
using static CallControl.Tests.FakeTwilio;

namespace CallControl.Tests;

/// <summary>Nobody is dialled twice for one request, whatever becomes of Twilio's answer.</summary>
[Collection(nameof(CallsUnderTest))]
public sealed class DialTests(CallsUnderTest calls) : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly Placing _placing = new(calls);

    public void Dispose() => _placing.Dispose();

    [Fact]
    public async Task A_number_that_Twilio_refuses_is_an_outcome_with_a_name()
    {
        _placing.Callee.Replies.Enqueue(Reply.NoSuchNumber);

        var call = await _placing.UntilAsync(await _placing.PlaceAsync(), row => row.EndedBy is not null);

        Assert.Equal((CallStatus.Failed, "error", "tenant", "to_number_invalid", 21211), (call.Status, call.EndedBy, call.Fault, call.FailureCode, call.ErrorCode));
        var shown = await _placing.ShowAsync(call.Id);
        Assert.Equal("Invalid 'To' Phone Number", (string?)shown["error"]!["message"], ignoreCase: true);
        await AssertDialledAsync(times: 1);
    }

    [Fact]
    public async Task What_Twilio_was_too_busy_for_is_asked_for_again()
    {
        _placing.Callee.Replies.Enqueue(Reply.TooMany);
        _placing.Callee.Replies.Enqueue(Reply.TooMany);

        var call = await _placing.UntilAsync(await _placing.PlaceAsync(), row => row.CallSid is not null, Second);

        Assert.Single(_placing.Callee.Book);
        Assert.Equal(["dial dialling", "dial not_now", "dial dialling", "dial not_now", "dial dialling", "dial placed"], await _placing.EventsAsync(call.Id));
    }

    [Theory]
    [InlineData(Reply.ErrorAfter)]
    [InlineData(Reply.LostAnswer)]
    internal async Task A_call_whose_answer_was_lost_is_found_in_Twilio_s_book(Reply reply)
    {
        _placing.Callee.Replies.Enqueue(reply);

        var call = await _placing.UntilAsync(await _placing.PlaceAsync(), row => row.CallSid is not null, Second);

        Assert.Equal(_placing.Callee.Book.Single().Sid, call.CallSid);
        Assert.Contains("dial found", await _placing.EventsAsync(call.Id));
        await AssertDialledAsync(times: 1);
    }

    [Fact]
    public async Task A_callback_settles_it_too()
    {
        _placing.Callee.Replies.Enqueue(Reply.LostAnswer);
        var id = await _placing.PlaceAsync();
        var dialled = await _placing.DialledAsync();
        var line = _placing.LineOf(dialled);

        await line.StatusAsync(Document.Of(dialled.Form["Twiml"]), "ringing", ("SequenceNumber", "1"));
        var call = await _placing.UntilAsync(id, row => row.CallSid is not null);
        for (var i = 0; i < 150; i++)
            calls.Clock.Advance(Second);

        Assert.Equal((CallStatus.Ringing, line.CallSid), (call.Status, call.CallSid));
        Assert.False(_placing.Callee.TimesListed.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_call_that_we_place_has_a_trace_of_its_own()
    {
        var (_, line, document) = await _placing.RingAsync();

        var claim = await line.ClaimAsync(document);

        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$", claim.Traceparent);
    }

    [Fact]
    public async Task What_a_provider_failed_with_is_told_once_among_the_call_s_events()
    {
        var (id, line, document, claim) = await _placing.TalkAsync();

        for (var i = 0; i < 2; i++)
            await line.LeaveAsync(document, claim.Attempt, LeaveIntent.Hangup, reason: "error", failure: "There is no such voice.");

        Assert.Single(await _placing.EventsAsync(id), one => one == "assistant provider_failed");
        Assert.Contains("There is no such voice.", await _placing.Http.GetStringAsync($"/v1/calls/{id}/events"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_CallSid_than_the_first_is_another_call_s()
    {
        var (id, line, document) = await _placing.RingAsync();
        var other = new Caller(calls, _placing.Tenant);

        var answer = await other.StatusAsync(document, "completed");
        await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => other.ClaimAsync(document));

        Assert.Equal(System.Net.HttpStatusCode.Forbidden, answer.Status);
        var call = await _placing.UntilAsync(id, _ => true);
        Assert.Equal((CallStatus.Queued, line.CallSid), (call.Status, call.CallSid));
    }

    [Fact]
    public async Task A_call_that_is_not_in_the_book_was_never_placed_and_is_not_placed_again()
    {
        _placing.Callee.Replies.Enqueue(Reply.ErrorBefore);

        var call = await _placing.UntilAsync(await _placing.PlaceAsync(), row => row.EndedBy is not null, Second);

        Assert.Equal((CallStatus.Failed, "carrier", "carrier", "never_placed"), (call.Status, call.EndedBy, call.Fault, call.FailureCode));
        Assert.True(call.EndedAt - call.CreatedAt > TimeSpan.FromMinutes(2));
        await AssertDialledAsync(times: 1);
    }

    [Fact]
    public async Task A_dial_that_nobody_can_ask_about_any_more_is_given_up()
    {
        _placing.Callee.Replies.Enqueue(Reply.ErrorBefore);
        var id = await _placing.PlaceAsync();
        await _placing.DialledAsync();
        _placing.Tenant.IsCredentialDeleted = true;
        await calls.CredentialChangedAsync(_placing.Tenant);

        var call = await _placing.UntilAsync(id, row => row.EndedBy is not null, Second);

        Assert.Equal((CallStatus.Failed, "error", "tenant", "credential_deleted"), (call.Status, call.EndedBy, call.Fault, call.FailureCode));
        await AssertDialledAsync(times: 0);
    }

    [Fact]
    public async Task While_one_is_unknown_no_other_goes_from_the_same_number_to_the_same()
    {
        _placing.Callee.Replies.Enqueue(Reply.ErrorBefore);
        var first = await _placing.PlaceAsync();
        await _placing.DialledAsync();
        var second = await _placing.PlaceAsync();

        var lost = await _placing.UntilAsync(first, row => row.EndedBy is not null, Second);
        var dialled = await _placing.UntilAsync(second, row => row.CallSid is not null, Second);

        Assert.Equal("never_placed", lost.FailureCode);
        await using var db = calls.NewDbContext();
        var claimedAt = db.Dials.Single(dial => dial.CallId == second).ClaimedAt;
        Assert.True(claimedAt >= lost.EndedAt, $"It was dialled at {claimedAt}, and the other was settled at {lost.EndedAt}.");
        Assert.Equal(_placing.Callee.Book.Single().Sid, dialled.CallSid);
    }

    [Fact]
    public async Task What_an_instance_that_is_gone_had_in_hand_is_found_out_about()
    {
        var id = await _placing.PlaceAsync();
        await _placing.UntilAsync(id, row => row.CallSid is not null);
        var sid = _placing.Callee.Book.Single().Sid;
        await using (var db = calls.NewDbContext())
        {
            // As a crash between the claim and Twilio's answer leaves it.
            db.Calls.Single(call => call.Id == id).CallSid = null;
            db.Calls.Single(call => call.Id == id).AskTwilioAt = null;
            db.Dials.Single(dial => dial.CallId == id).State = DialState.Dialling;
            await db.SaveChangesAsync();
        }

        var call = await _placing.UntilAsync(id, row => row.CallSid is not null, Second);

        Assert.Equal(sid, call.CallSid);
        await AssertDialledAsync(times: 1);
    }

    [Fact]
    public async Task A_quiet_call_is_asked_about_and_ends_as_Twilio_says()
    {
        var (id, line, _) = await _placing.RingAsync();
        calls.Twilio[line.CallSid].Status = "no-answer";

        var call = await _placing.UntilAsync(id, row => row.EndedBy is not null, Second);

        Assert.Equal(CallStatus.NoAnswer, call.Status);
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("hangup")]
    public async Task A_call_that_is_taken_back_while_its_dial_is_in_hand_ends_as_soon_as_Twilio_has_named_it(string how)
    {
        var answer = new TaskCompletionSource();
        _placing.Callee.AnswersAfter = answer.Task;
        var id = await _placing.PlaceAsync();
        var line = _placing.LineOf(await _placing.DialledAsync());

        using var taken = await _placing.Http.PostAsync($"/v1/calls/{id}/{how}", null);
        var before = await _placing.UntilAsync(id, row => row.HangUpReason is not null);
        answer.SetResult();
        await _placing.UntilAsync(id, row => row.CallSid is not null);
        var call = await _placing.UntilAsync(id, row => row.EndedBy is not null, Second);

        Assert.Equal((CallStatus.Queued, null), (before.Status, before.CallSid));
        Assert.Equal((CallStatus.Canceled, "operator", "none", line.CallSid), (call.Status, call.EndedBy, call.Fault, call.CallSid));
        Assert.True(calls.Twilio[line.CallSid].Ended.Reader.TryRead(out _));
        Assert.Equal(["dial dialling", $"operator {how}", "dial placed"], await _placing.EventsAsync(id));
    }

    [Fact]
    public async Task A_call_that_was_taken_back_while_Twilio_was_too_busy_for_it_is_not_asked_for_again()
    {
        var answer = new TaskCompletionSource();
        _placing.Callee.AnswersAfter = answer.Task;
        _placing.Callee.Replies.Enqueue(Reply.TooMany);
        var id = await _placing.PlaceAsync();
        await _placing.DialledAsync();

        using var taken = await _placing.Http.PostAsync($"/v1/calls/{id}/cancel", null);
        answer.SetResult();
        var call = await _placing.UntilAsync(id, row => row.EndedBy is not null);

        Assert.Equal((CallStatus.Canceled, "operator", "none"), (call.Status, call.EndedBy, call.Fault));
        await AssertDialledAsync(times: 0);
    }

    [Theory]
    [InlineData(null, 1, 1.5)]
    [InlineData("20", 20, 30)]
    [InlineData("3600", 60, 90)]
    public async Task Twilio_s_Retry_After_is_kept_to_for_a_minute_at_most(string? retryAfter, double atLeast, double atMost)
    {
        _placing.Callee.RetryAfter = retryAfter;
        _placing.Callee.Replies.Enqueue(Reply.TooMany);

        var dial = await _placing.DialAsync(await _placing.PlaceAsync(), row => row is { Tries: 1, State: DialState.Waiting });

        Assert.InRange((dial.NotBefore - dial.ClaimedAt!.Value).TotalSeconds, atLeast, atMost);
    }

    // With time for another request to arrive.
    private async Task AssertDialledAsync(int times)
    {
        for (var i = 0; i < 70; i++)
            calls.Clock.Advance(Second);
        await Task.Delay(TimeSpan.FromMilliseconds(200));
        Assert.Equal(times, _placing.Callee.Dials.Reader.Count);
    }
}
