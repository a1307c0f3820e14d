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

    private async Task<(Caller Caller, Rapida.CallControl.Calls.Call Call, Document Document)> StreamStoppedAsync()
    {
        var caller = calls.NewCaller();
        var document = await caller.RingAsync();
        await caller.ClaimAsync(document);
        await caller.PostAsync(document.StatusCallback, caller.Fields(("StreamEvent", "stream-stopped"), ("StreamSid", "MZ1")));
        return (caller, (await calls.CallAsync(caller.CallSid))!, document);
    }

    // Pauses between tries are virtual, requests are real: time passes second by second, each with room for a request. Other tests leave calls that
    // are due as well, and twenty are asked for in a second.
    private async Task PassTimeUntilAsync(Task signal)
    {
        for (var seconds = 0; seconds < 600 && !signal.IsCompleted; seconds++)
        {
            calls.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(signal, Task.Delay(TimeSpan.FromMilliseconds(100)));
        }

        await signal.WaitAsync(TimeSpan.Zero);
    }
}
