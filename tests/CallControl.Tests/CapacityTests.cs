using Rapida.CallControl.Calls;
using Rapida.Testing;

namespace CallControl.Tests;

/// <summary>A project may hold two calls, and begin three at once.</summary>
public sealed class CapacityTests(RedisOfOurOwn redis) : IClassFixture<RedisOfOurOwn>, IAsyncLifetime
{
    private CallsUnderTest _calls = null!;

    public async Task InitializeAsync()
    {
        await redis.TellAsync("FLUSHALL");
        _calls = new()
        {
            Settings =
            {
                ["ConnectionStrings:cache"] = redis.Address,
                ["Calls:Capacity:Default:ConcurrentCalls"] = "2",
                ["Calls:Capacity:Default:CallsPerSecond"] = "0.01",
                ["Calls:Capacity:Default:Burst"] = "3",
                // So that a busy machine does not look like an outage.
                ["Calls:Capacity:RedisWithin"] = "00:00:05",
            },
        };
        await _calls.InitializeAsync();
    }

    public Task DisposeAsync() => _calls.DisposeAsync();

    [Fact]
    public async Task One_call_too_many_hears_the_busy_tone_and_the_tenant_learns_why()
    {
        var tenant = _calls.NewTenant();
        await _calls.TalkingAsync(tenant);
        await _calls.TalkingAsync(tenant);
        var third = _calls.NewCaller(tenant);

        Assert.Equal(["Reject"], (await third.RingAsync()).Verbs);
        Assert.Equal(["Reject"], (await third.RingAsync()).Verbs);
        await _calls.TalkingAsync();

        var call = (await _calls.CallAsync(third.CallSid))!;
        Assert.Equal("too_many_calls", call.FailureCode);
        Assert.Contains(await _calls.DiagnosticsOfThisMinuteAsync(), row => row.ProjectId == tenant.ProjectId && row.Reason == "too_many_calls");
        await third.NumberStatusAsync("busy");
        call = (await _calls.CallAsync(third.CallSid))!;
        Assert.Equal((CallStatus.Busy, "error", "tenant"), (call.Status, call.EndedBy, call.Fault));
    }

    [Fact]
    public async Task Who_hangs_up_makes_room_for_the_next()
    {
        var tenant = _calls.NewTenant();
        var first = await _calls.TalkingAsync(tenant);
        await _calls.TalkingAsync(tenant);

        await first.NumberStatusAsync("completed");
        await UntilAsync(tenant, places: 1);

        Assert.Equal(["Connect", "Redirect"], (await _calls.NewCaller(tenant).RingAsync()).Verbs);
    }

    [Fact]
    public async Task Too_many_in_a_moment_hear_it_too()
    {
        var tenant = _calls.NewTenant();
        for (var i = 0; i < 3; i++)
        {
            var caller = await _calls.TalkingAsync(tenant);
            await caller.NumberStatusAsync("completed");
            await UntilAsync(tenant, places: 0);
        }

        var next = _calls.NewCaller(tenant);

        Assert.Equal(["Reject"], (await next.RingAsync()).Verbs);
        Assert.Equal("too_many_calls_per_second", (await _calls.CallAsync(next.CallSid))!.FailureCode);
    }

    [Fact]
    public async Task A_webhook_that_comes_again_takes_no_room()
    {
        var tenant = _calls.NewTenant();
        var first = await _calls.TalkingAsync(tenant);

        for (var i = 0; i < 5; i++)
            await first.RingAsync();

        Assert.Equal(["Connect", "Redirect"], (await _calls.NewCaller(tenant).RingAsync()).Verbs);
    }

    [Fact]
    public async Task A_redis_that_was_empty_learns_again_which_calls_are_open()
    {
        var tenant = _calls.NewTenant();
        await _calls.TalkingAsync(tenant);
        await _calls.TalkingAsync(tenant);
        await redis.TellAsync("FLUSHALL");

        await UntilAsync(tenant, places: 2, () => _calls.Clock.Advance(TimeSpan.FromSeconds(20)));

        Assert.Equal(["Reject"], (await _calls.NewCaller(tenant).RingAsync()).Verbs);
    }

    [Fact]
    public async Task Without_redis_every_call_is_let_in()
    {
        var tenant = _calls.NewTenant();
        await redis.StopAsync();
        try
        {
            for (var i = 0; i < 4; i++)
                await _calls.TalkingAsync(tenant);
        }
        finally
        {
            await redis.StartAgainAsync();
        }

        // With Redis they are counted again, and are too many.
        await UntilAsync(tenant, places: 4, () => _calls.Clock.Advance(TimeSpan.FromSeconds(20)));
        Assert.Equal(["Reject"], (await _calls.NewCaller(tenant).RingAsync()).Verbs);
    }

    private async Task UntilAsync(Tenant tenant, int places, Action? meanwhile = null)
    {
        for (var i = 0; i < 300; i++)
        {
            if ((await redis.TellAsync($"ZCARD calls:places:{{{tenant.ProjectId}}}")).StartsWith($":{places}\r", StringComparison.Ordinal))
                return;
            meanwhile?.Invoke();
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        Assert.Fail($"{places} places were never taken.");
    }
}
