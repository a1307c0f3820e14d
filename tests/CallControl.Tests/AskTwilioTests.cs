namespace CallControl.Tests;

[Collection(nameof(CallsUnderTest))]
public sealed class AskTwilioTests(CallsUnderTest calls)
{
    [Fact]
    public async Task A_call_whose_stream_is_over_is_asked_for_once_after_five_seconds()
    {
        var (caller, call, _) = await StreamStoppedAsync();
        var line = calls.Twilio[caller.CallSid];
        (line.Status, line.Duration) = ("completed", "42");
        Assert.Equal(calls.Clock.GetUtcNow() + TimeSpan.FromSeconds(5), call.AskTwilioAt);

        calls.Clock.Advance(TimeSpan.FromSeconds(5));
        var next = calls.Ended.NextAsync(call.Id);
        await PassTimeUntilAsync(next);

        var ended = await next;
        Assert.Equal(("completed", "caller"), (ended.Status, ended.EndedBy));
        Assert.Equal(42, (await calls.CallAsync(caller.CallSid))!.DurationSeconds);
        Assert.Equal($"{caller.Tenant.AccountSid}:{caller.Tenant.AuthToken}", await line.Asked.Reader.ReadAsync());
        Assert.False(line.Asked.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_call_that_has_ended_is_not_asked_for()
    {
        var (caller, call, document) = await StreamStoppedAsync();
        var other = await StreamStoppedAsync();
        await caller.StatusAsync(document, "completed");

        calls.Clock.Advance(TimeSpan.FromSeconds(5));
        await PassTimeUntilAsync(calls.Twilio[other.Caller.CallSid].Asked.Reader.ReadAsync().AsTask());

        Assert.Null((await calls.CallAsync(caller.CallSid))!.AskTwilioAt);
        Assert.False(calls.Twilio[caller.CallSid].Asked.Reader.TryRead(out _));
        Assert.Equal("completed", (await calls.Ended.NextAsync(call.Id)).Status);
    }

    [Fact]
    public async Task Twilio_is_asked_again_when_it_was_down()
    {
        var (caller, call, _) = await StreamStoppedAsync();
        var line = calls.Twilio[caller.CallSid];
        line.IsDown = true;

        // Three tries of one question, and the first of the next: it was given up, and was not forgotten.
        for (var i = 0; i < 4; i++)
            await PassTimeUntilAsync(line.Asked.Reader.ReadAsync().AsTask());

        (line.Status, line.IsDown) = ("no-answer", false);
        var ended = calls.Ended.NextAsync(call.Id);
        await PassTimeUntilAsync(ended);
        Assert.Equal("no-answer", (await ended).Status);
    }

    [Fact]
    public async Task A_question_that_Twilio_is_slow_to_answer_keeps_no_other_call_waiting()
    {
        var (slow, _, _) = await StreamStoppedAsync();
        var (other, call, _) = await StreamStoppedAsync();
        var silence = calls.Twilio[slow.CallSid].Silence = new();
        calls.Twilio[other.CallSid].Status = "completed";

        var ended = calls.Ended.NextAsync(call.Id);
        await PassTimeUntilAsync(ended);

        Assert.Equal("completed", (await ended).Status);
        // A try is given up after ten seconds.
        Assert.True((await calls.CallAsync(other.CallSid))!.EndedAt - call.AskTwilioAt < TimeSpan.FromSeconds(9));
        silence.SetResult();
    }

    [Fact]
    public async Task The_longer_a_call_has_lasted_the_later_it_is_asked_for_again()
    {
        var (caller, _, _) = await StreamStoppedAsync();

        var halfAMinute = UntilAsync(caller, call => call.AskTwilioAt - calls.Clock.GetUtcNow() > TimeSpan.FromSeconds(20));
        await PassTimeUntilAsync(halfAMinute);
        Assert.True((await halfAMinute).AskTwilioAt - calls.Clock.GetUtcNow() < TimeSpan.FromSeconds(40));

        await PassTimeUntilAsync(UntilAsync(caller, call => call.AskTwilioAt - calls.Clock.GetUtcNow() > TimeSpan.FromMinutes(4)), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_call_whose_credential_was_deleted_has_ended_when_no_call_lasts_so_long()
    {
        var caller = calls.NewCaller();
        var document = await caller.RingAsync();
        await caller.ClaimAsync(document);
        await caller.StatusAsync(document, "in-progress");
        var call = (await calls.CallAsync(caller.CallSid))!;
        caller.Tenant.IsCredentialDeleted = true;
        await calls.CredentialChangedAsync(caller.Tenant);

        var next = calls.Ended.NextAsync(call.Id);
        await PassTimeUntilAsync(next, TimeSpan.FromMinutes(1));

        var ended = await next;
        Assert.Equal(("completed", "error", "tenant"), (ended.Status, ended.EndedBy, ended.Fault));
        call = (await calls.CallAsync(caller.CallSid))!;
        Assert.Equal("credential_deleted", call.FailureCode);
        Assert.True(call.EndedAt - call.AnsweredAt > TimeSpan.FromHours(4));
    }

    [Fact]
    public async Task What_a_call_cost_that_came_in_is_known_though_another_s_credential_is_gone()
    {
        var (gone, _, itsDocument) = await StreamStoppedAsync();
        await gone.StatusAsync(itsDocument, "completed");
        gone.Tenant.IsCredentialDeleted = true;
        await calls.CredentialChangedAsync(gone.Tenant);
        var (caller, _, document) = await StreamStoppedAsync();
        await caller.StatusAsync(document, "completed");
        (calls.Twilio[caller.CallSid].Status, calls.Twilio[caller.CallSid].Price) = ("completed", "-0.0085");

        await PassTimeUntilAsync(UntilAsync(caller, call => call.Price is not null), TimeSpan.FromSeconds(10));

        Assert.Equal(-0.0085m, (await calls.CallAsync(caller.CallSid))!.Price);
    }

    private async Task<Rapida.CallControl.Calls.Call> UntilAsync(Caller caller, Func<Rapida.CallControl.Calls.Call, bool> isSo)
    {
        while (true)
        {
            if (await calls.CallAsync(caller.CallSid) is { } call && isSo(call))
                return call;
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    private async Task<(Caller Caller, Rapida.CallControl.Calls.Call Call, Document Document)> StreamStoppedAsync()
    {
        var caller = calls.NewCaller();
        var document = await caller.RingAsync();
        await caller.ClaimAsync(document);
        await caller.PostAsync(document.StatusCallback, caller.Fields(("StreamEvent", "stream-stopped"), ("StreamSid", "MZ1")));
        return (caller, (await calls.CallAsync(caller.CallSid))!, document);
    }

    // Pauses between tries are virtual, requests are real: time passes step by step, each with room for a request.
    private async Task PassTimeUntilAsync(Task signal, TimeSpan? step = null)
    {
        for (var steps = 0; steps < 600 && !signal.IsCompleted; steps++)
        {
            calls.Clock.Advance(step ?? TimeSpan.FromSeconds(1));
            await Task.WhenAny(signal, Task.Delay(TimeSpan.FromMilliseconds(100)));
        }

        await signal.WaitAsync(TimeSpan.Zero);
    }
}
