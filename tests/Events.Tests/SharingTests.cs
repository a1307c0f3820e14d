using Rapida.Contracts.Events;

namespace Events.Tests;

public sealed class SharingTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task A_broadcast_reaches_every_instance()
    {
        var project = Guid.CreateVersion7();
        Ears[] ears = [new() { Project = project }, new() { Project = project }, new() { Project = project }];
        var instances = await Task.WhenAll(ears.Select(own => Instance.StartAsync(site, own, events => events.Hear<HearRevocation>())));

        await instances[0].AnnounceAsync(
            new ApiKeyRevoked(project, AggregateId: Guid.CreateVersion7(), Sequence: 1, OccurredAt: TimeProvider.System.GetUtcNow()));

        foreach (var own in ears)
            Assert.Equal(1, (await own.NextAsync()).Sequence);
        foreach (var instance in instances)
        {
            await instance.DisposeAsync();
            instance.Logs.AssertNoErrors();
        }
    }

    [Fact]
    public async Task Instances_that_share_a_queue_get_each_event_once_between_them()
    {
        const int Facts = 20;
        var ears = new Ears();
        var queue = $"shared-{ears.Project:N}";
        await using var one = await Instance.StartAsync(site, ears, events => events.Consume<CountCall>(queue));
        await using var other = await Instance.StartAsync(site, ears, events => events.Consume<CountCall>(queue));

        await one.AnnounceAsync([.. Enumerable.Range(1, Facts).Select(sequence => Site.CallEnded(ears.Project, sequence))]);

        var heard = await ears.NextAsync(Facts);
        Assert.Equal(Enumerable.Range(1, Facts).Select(sequence => (long)sequence), heard.Select(each => each.Sequence).Order());
        Assert.Equal(Facts, ears.Deliveries.Count);
    }
}
