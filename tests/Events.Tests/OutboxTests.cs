using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Rapida.Events;
using Rapida.Events.Outbox;

namespace Events.Tests;

public sealed class OutboxTests(Site site) : IClassFixture<Site>, IAsyncLifetime
{
    private readonly Ears _ears = new();
    private Instance _instance = null!;

    public async Task InitializeAsync() =>
        _instance = await Instance.StartAsync(site, _ears, events => events.Consume<CountCall>($"outbox-{_ears.Project:N}"));

    public async Task DisposeAsync()
    {
        await _instance.DisposeAsync();
        _instance.Logs.AssertNoErrors();
    }

    [Fact]
    public Task An_event_is_published_once_its_transaction_commits_and_not_before() => _instance.WithDatabaseAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Outbox.Announce(Site.CallEnded(_ears.Project, 1));
        await db.SaveChangesAsync();

        await _instance.AnnounceAsync(Site.CallEnded(_ears.Project, 2));
        Assert.Equal(2, (await _ears.NextAsync()).Sequence);
        await transaction.CommitAsync();

        Assert.Equal(1, (await _ears.NextAsync()).Sequence);
        return 0;
    });

    [Fact]
    public Task An_event_of_a_transaction_that_was_rolled_back_is_never_published() => _instance.WithDatabaseAsync(async db =>
    {
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            db.Outbox.Announce(Site.CallEnded(_ears.Project, 1));
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
        }

        await _instance.AnnounceAsync(Site.CallEnded(_ears.Project, 2));

        Assert.Equal(2, (await _ears.NextAsync()).Sequence);
        Assert.True(_ears.AreEmpty);
        return 0;
    });

    [Fact]
    public Task An_event_that_this_version_does_not_know_waits_and_holds_up_nobody() => _instance.WithDatabaseAsync(async db =>
    {
        var unknown = Guid.Empty; // Before all others in the order of publishing.
        await db.Database.ExecuteSqlAsync(
            $"insert into outbox (id, type, body, created_at) values ({unknown}, 'rapida:call-transferred:v1', '{{}}', now())");

        await _instance.AnnounceAsync(Site.CallEnded(_ears.Project, 1));

        Assert.Equal(1, (await _ears.NextAsync()).Sequence);
        Assert.True(await db.Outbox.AnyAsync(row => row.Id == unknown));
        return 0;
    });

    [Fact]
    public async Task The_trace_goes_on_behind_the_broker()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Rapida.Events" or "MassTransit",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);

        using var request = new Activity("request").Start();
        await _instance.AnnounceAsync(Site.CallEnded(_ears.Project, 1));

        Assert.Equal(request.TraceId, (await _ears.NextAsync()).Trace);
    }
}
