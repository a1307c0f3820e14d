using System.Net;
using Rapida.Testing;

namespace CallControl.Tests;

/// <summary>A project may hold two calls, and a hundred may wait.</summary>
public sealed class DialQueueTests(RedisOfOurOwn redis) : IClassFixture<RedisOfOurOwn>, IAsyncLifetime
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
                ["Calls:Outbound:QueueLength"] = "10",
                ["Calls:Outbound:GiveUpAfter"] = "00:10:00",
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
        await PassTimeAsync();
        Assert.False(placing.Callee.Dials.Reader.TryRead(out _));

        await line.StatusAsync(document, "busy");
        await _calls.Ended.NextAsync(first);

        await placing.UntilAsync(third, call => call.CallSid is not null, TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public async Task One_tenant_s_rush_does_not_keep_another_waiting()
    {
        using var rush = new Placing(_calls);
        for (var i = 0; i < 8; i++)
            await rush.PlaceAsync();
        using var other = new Placing(_calls);

        var call = await other.PlaceAsync();

        await other.UntilAsync(call, row => row.CallSid is not null);
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
            await PassTimeAsync();
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
    public async Task A_call_that_has_waited_for_too_long_is_not_dialled_any_more()
    {
        using var placing = new Placing(_calls);
        var (first, line, document) = await placing.RingAsync();
        await placing.RingAsync();
        var waiting = await placing.PlaceAsync();

        _calls.Clock.Advance(TimeSpan.FromMinutes(11));
        await line.StatusAsync(document, "busy");
        await _calls.Ended.NextAsync(first);
        var call = await placing.UntilAsync(waiting, row => row.EndedBy is not null, TimeSpan.FromMilliseconds(250));

        Assert.Equal(("Failed", "queue_expired", "tenant"), (call.Status.ToString(), call.FailureCode, call.Fault));
        Assert.False(placing.Callee.Dials.Reader.TryRead(out _));
    }

    // Some rounds of the dialler.
    private async Task PassTimeAsync()
    {
        for (var i = 0; i < 8; i++)
        {
            _calls.Clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }
}
