using Rapida.CallControl.Capacity;
using Rapida.CallControl.Outbound;
using StackExchange.Redis;
using static CallControl.Tests.FakeTwilio;

namespace CallControl.Tests;

/// <summary>One call is seen by several rounds and several instances; one claim of them counts, and the others leave nothing behind.</summary>
[Collection(nameof(CallsUnderTest))]
public sealed class DialClaimTests(CallsUnderTest calls) : IDisposable
{
    private readonly Placing _placing = new(calls);

    public void Dispose() => _placing.Dispose();

    [Fact]
    public async Task While_one_call_s_claim_takes_its_time_the_number_s_next_goes_ahead()
    {
        _placing.Callee.Replies.Enqueue(Reply.TooMany);
        var slow = await _placing.PlaceAsync();
        await _placing.DialAsync(slow, row => row is { Tries: 1, State: DialState.Waiting });
        Guid next;
        await using (var db = calls.NewDbContext())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.LockCallAsync(slow, CancellationToken.None);
            calls.Clock.Advance(TimeSpan.FromSeconds(2));
            await calls.RoundsAsync();

            next = Assert.Single(await _placing.PlaceToManyAsync(1));
            await _placing.UntilAsync(next, call => call.CallSid is not null);
        }

        await _placing.UntilAsync(slow, call => call.CallSid is not null);
        Assert.Equal(["dial dialling", "dial not_now", "dial dialling", "dial placed"], await _placing.EventsAsync(slow));
    }

    [Fact]
    public async Task A_late_duplicate_neither_skips_the_pause_after_429_nor_keeps_a_place()
    {
        _placing.Callee.Replies.Enqueue(Reply.TooMany);
        var id = await _placing.PlaceAsync();
        await _placing.DialAsync(id, row => row is { Tries: 1, State: DialState.Waiting });

        await DialOnceMoreAsync(id);

        Assert.False(await HoldsPlaceAsync(id));
        Assert.Equal(["dial dialling", "dial not_now"], await _placing.EventsAsync(id));
    }

    [Fact]
    public async Task The_place_of_a_call_that_was_taken_back_meanwhile_is_free_at_once()
    {
        _placing.Callee.Replies.Enqueue(Reply.TooMany);
        var id = await _placing.PlaceAsync();
        await _placing.DialAsync(id, row => row is { Tries: 1, State: DialState.Waiting });
        var freed = calls.Commands.CountOf("SELECT d.number_id");
        using var taken = await _placing.Http.PostAsync($"/v1/calls/{id}/cancel", null);
        while (calls.Commands.CountOf("SELECT d.number_id") == freed)
            await Task.Delay(TimeSpan.FromMilliseconds(20));

        await DialOnceMoreAsync(id);

        Assert.False(await HoldsPlaceAsync(id));
    }

    [Fact]
    public async Task A_duplicate_leaves_the_place_of_the_call_that_was_dialled_alone()
    {
        var (id, _, _) = await _placing.RingAsync();

        await DialOnceMoreAsync(id);

        Assert.True(await HoldsPlaceAsync(id));
    }

    // As another instance does that has seen the call waiting a moment ago.
    private async Task DialOnceMoreAsync(Guid id)
    {
        await using var scope = calls.Service.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var dial = await _placing.DialAsync(id, _ => true);
        await services.GetRequiredService<TakePlace>().ForDialAsync(dial.ProjectId, dial.NumberId, id, new());
        await services.GetRequiredService<DialCall>().ExecuteAsync(id);
    }

    private async Task<bool> HoldsPlaceAsync(Guid id) => await calls.Service.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase()
        .SortedSetScoreAsync(TakePlace.PlacesOf(_placing.Tenant.ProjectId), id.ToString()) is not null;
}
