using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Events.Tests;

public sealed class RedeliveryTests(Site site) : IClassFixture<Site>
{
    // One delivery and three retries, within about 2.6 s.
    private const int AttemptsPerDelivery = 4;
    private const int ComesAgain = 9102;
    private const int GivenUp = 9103;
    private static readonly TimeSpan[] Redeliveries = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(250)];

    [Fact]
    public async Task A_message_that_keeps_failing_is_retried_then_parked_for_each_delay_and_then_given_up_to_the_error_queue()
    {
        var ears = new Ears { OnDelivery = _ => throw new InvalidOperationException("It fails.") };
        var queue = $"failing-{ears.Project:N}";
        await using var instance = await Instance.StartAsync(site, ears, events => events.Consume<CountCall>(queue), Redeliveries);
        instance.Logs.Expect(GivenUp);

        await instance.AnnounceAsync(Site.CallEnded(ears.Project, 1));

        var given = await TakeAsync($"{queue}_error");
        Assert.Equal(AttemptsPerDelivery * (1 + Redeliveries.Length), ears.Deliveries.Count);
        Assert.Equal($"{Assert.Single(ears.Deliveries.DistinctBy(delivery => delivery.MessageId)).MessageId}", given.BasicProperties.MessageId);
        Assert.Equal(2, instance.Logs.Lines.Count(line => line.EventId.Id == ComesAgain));
        Assert.Single(instance.Logs.Lines, line => line.EventId.Id == GivenUp);
        Assert.Empty(await instance.CountedAsync(ears.Project));
        Assert.DoesNotContain(instance.Logs.Lines, line => line.Level >= LogLevel.Error && line.EventId.Id != GivenUp && IsOurs(line.Category));
    }

    [Fact]
    public async Task A_message_that_recovers_while_it_is_parked_counts_once()
    {
        var attempts = 0;
        var ears = new Ears
        {
            OnDelivery = _ => Interlocked.Increment(ref attempts) <= AttemptsPerDelivery
                ? throw new InvalidOperationException("It fails for a while.")
                : Task.CompletedTask,
        };
        await using var instance = await Instance.StartAsync(
            site, ears, events => events.Consume<CountCall>($"recovering-{ears.Project:N}"), Redeliveries);

        await instance.AnnounceAsync(Site.CallEnded(ears.Project, 1));

        await ears.NextAsync();
        Assert.Equal(AttemptsPerDelivery + 1, attempts);
        Assert.Single(await instance.CountedAsync(ears.Project));
        Assert.Single(instance.Logs.Lines, line => line.EventId.Id == ComesAgain);
    }

    private static bool IsOurs(string category) => category.StartsWith("Rapida.", StringComparison.Ordinal);

    private async Task<BasicGetResult> TakeAsync(string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = new(site.Broker) }.CreateConnectionAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (true)
        {
            try
            {
                await using var channel = await connection.CreateChannelAsync(cancellationToken: patience.Token);
                if (await channel.BasicGetAsync(queue, autoAck: true, patience.Token) is { } message)
                    return message;
            }
            catch (OperationInterruptedException)
            {
                // The queue is not there before it is needed.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), patience.Token);
        }
    }
}
