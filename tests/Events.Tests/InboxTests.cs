namespace Events.Tests;

public sealed class InboxTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task A_message_that_comes_again_does_not_count_again()
    {
        var ears = new Ears();
        await using var instance = await StartAsync(ears);
        var messageId = Guid.CreateVersion7();
        for (var delivery = 1; delivery <= 3; delivery++)
        {
            await instance.PublishAsync(Site.CallEnded(ears.Project, 1), messageId);
            Assert.Equal(messageId, (await ears.NextAsync()).MessageId);
        }

        Assert.Single(await instance.CountedAsync(ears.Project));
        instance.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task Two_deliveries_at_the_same_moment_count_once()
    {
        var both = new TaskCompletionSource();
        var deliveries = 0;
        var ears = new Ears
        {
            OnDelivery = _ =>
            {
                if (Interlocked.Increment(ref deliveries) == 2)
                    both.SetResult();
                return both.Task;
            },
        };
        await using var instance = await StartAsync(ears);
        var messageId = Guid.CreateVersion7();

        await Task.WhenAll(
            instance.PublishAsync(Site.CallEnded(ears.Project, 1), messageId), instance.PublishAsync(Site.CallEnded(ears.Project, 1), messageId));

        await ears.NextAsync(2);
        Assert.Single(await instance.CountedAsync(ears.Project));
        instance.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task What_a_failed_attempt_changed_is_undone_before_the_next()
    {
        var attempts = 0;
        var ears = new Ears
        {
            InTransaction = _ =>
            {
                if (++attempts == 1)
                    throw new InvalidOperationException("The first attempt fails after it has saved.");
            },
        };
        await using var instance = await StartAsync(ears);

        await instance.AnnounceAsync(Site.CallEnded(ears.Project, 1));

        await ears.NextAsync();
        Assert.Equal(2, attempts);
        Assert.Single(await instance.CountedAsync(ears.Project));
        instance.Logs.AssertNoErrors();
    }

    private Task<Instance> StartAsync(Ears ears) =>
        Instance.StartAsync(site, ears, events => events.Consume<CountCall>($"inbox-{ears.Project:N}"));
}
