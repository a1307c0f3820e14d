using System.Net;
using Rapida.Testing;

namespace CallControl.Tests;

/// <summary>A project may hold two calls, and ten may wait, for a minute.</summary>
public sealed class DialQueueTests(RedisOfOurOwn redis) : IClassFixture<RedisOfOurOwn>, IAsyncLifetime
{
    // Less than Redis may take: what is under way does not take the test's clock for an outage.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

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
                ["Calls:Outbound:QueueLength"] = "10",
                ["Calls:Outbound:GiveUpAfter"] = "00:01:00",
            },
        };
        await _calls.InitializeAsync();
    }

    public Task DisposeAsync() => _calls.DisposeAsync();

    [Fact]
    public async Task What_a_tenant_may_not_hold_yet_waits_and_is_dialled_in_its_turn()
    {
        using var placing = new Placing(_calls);
        var (first, line, document) = await placing.RingAsync();
        await placing.RingAsync();
        var third = await placing.PlaceAsync();
        await _calls.RoundsAsync();
        Assert.False(placing.Callee.Dials.Reader.TryRead(out _));

        await line.StatusAsync(document, "busy");
        await _calls.Ended.NextAsync(first);

        await placing.UntilAsync(third, call => call.CallSid is not null, TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public async Task More_than_may_wait_is_refused_and_says_so()
    {
        using var placing = new Placing(_calls);
        await placing.RingAsync();
        await placing.RingAsync();
        _calls.Clock.Advance(TimeSpan.FromSeconds(2));
        for (var i = 0; i < 10; i++)
            await placing.PlaceAsync();

        using var answer = await placing.PostAsync(placing.Body());

        Assert.Equal((HttpStatusCode.TooManyRequests, "queue_full"), (answer.StatusCode, await answer.CodeAsync()));
    }

    [Fact]
    public async Task Without_redis_nothing_is_dialled_and_nothing_is_lost()
    {
        using var placing = new Placing(_calls);
        await redis.StopAsync();
        Guid call;
        try
        {
            call = await placing.PlaceAsync();
            await _calls.RoundsAsync();
            Assert.False(placing.Callee.Dials.Reader.TryRead(out _));
        }
        finally
        {
            await redis.StartAgainAsync();
        }

        await placing.UntilAsync(call, row => row.CallSid is not null, TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public async Task A_call_that_waits_is_taken_back_and_is_never_dialled()
    {
        using var placing = new Placing(_calls);
        await placing.RingAsync();
        await placing.RingAsync();
        var waiting = await placing.PlaceAsync();

        using var canceled = await placing.Http.PostAsync($"/v1/calls/{waiting}/cancel", null);
        var call = await placing.UntilAsync(waiting, row => row.EndedBy is not null);

        Assert.Equal(HttpStatusCode.Accepted, canceled.StatusCode);
        Assert.Equal(("Canceled", "operator", "none"), (call.Status.ToString(), call.EndedBy, call.Fault));
        Assert.False(placing.Callee.Dials.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_call_that_has_waited_for_too_long_ends_though_there_is_still_no_place_for_it()
    {
        using var placing = new Placing(_calls);
        await placing.RingAsync();
        await placing.RingAsync();
        var waiting = await placing.PlaceAsync();

        var call = await placing.UntilAsync(waiting, row => row.EndedBy is not null, Step);

        Assert.Equal(("Failed", "error", "tenant", "queue_expired"), (call.Status.ToString(), call.EndedBy, call.Fault, call.FailureCode));
        Assert.InRange((call.EndedAt - call.CreatedAt)!.Value.TotalSeconds, 60, 70);
        Assert.Equal("failed", (await _calls.Ended.NextAsync(waiting)).Status);
        Assert.Equal(["dial expired"], await placing.EventsAsync(waiting));
        Assert.False(placing.Callee.Dials.Reader.TryRead(out _));
    }

    [Fact]
    public async Task One_that_has_waited_for_too_long_because_redis_is_away_is_no_fault_of_the_tenant_s()
    {
        using var placing = new Placing(_calls);
        await redis.StopAsync();
        try
        {
            var waiting = await placing.PlaceAsync();
            await _calls.RoundsAsync();

            var call = await placing.UntilAsync(waiting, row => row.EndedBy is not null, Step);

            Assert.Equal(("error", "us", "dialling_stopped"), (call.EndedBy, call.Fault, call.FailureCode));
        }
        finally
        {
            await redis.StartAgainAsync();
        }
    }
}
