using System.Diagnostics;
using Rapida.Testing;

namespace Events.Tests;

public sealed class BrokerKillTests
{
    private const string Queue = "count";
    private const int Facts = 500;
    private const int FactsPerTransaction = 10;

    // A broker that comes back without its queue proves nothing about us: then another one is killed.
    private const int MostBrokers = 5;

    [Fact]
    public async Task A_broker_that_is_killed_loses_no_event_and_none_counts_twice()
    {
        for (var brokers = 1; !await KillAsync(); brokers++)
            Assert.True(brokers < MostBrokers, "Every broker came back with a queue that has no leader.");
    }

    /// <returns>False: the broker came back without its queue.</returns>
    private static async Task<bool> KillAsync()
    {
        await using var producers = await Site.NewDatabaseAsync();
        await using var consumers = await Site.NewDatabaseAsync();
        var broker = await EphemeralServer.StartAsync("rabbitmq", TestServers.RabbitMqAnswersAsync);
        var uri = TestServers.RabbitMqOn(broker.Port);
        await using (await StartConsumerAsync(consumers, uri, new()))
        {
            // Declares the queue. RabbitMQ writes a quorum queue's name down some seconds later, and one that is killed before comes back
            // with a queue that answers nobody (https://github.com/rabbitmq/rabbitmq-server/issues/15725): so this one is stopped in peace.
        }

        broker = await RestartAsync(broker, "TERM");

        var ears = new Ears();
        await using var consumer = await StartConsumerAsync(consumers, uri, ears);
        await using var producer = await Instance.StartAsync(producers.ConnectionString, uri, ears, _ => { });

        var announcing = AnnounceAsync(producer, ears.Project);
        var arrived = (await ears.NextAsync(Facts / 5)).Select(heard => heard.Sequence).ToHashSet();
        await RestartAsync(broker, "KILL");
        await announcing;
        if (!await TestServers.RabbitMqQueueAnswersAsync(broker.Port, Queue))
            return false;

        while (arrived.Count < Facts)
            arrived.Add((await ears.NextAsync()).Sequence);

        Assert.Equal(Enumerable.Range(1, Facts).Select(sequence => (long)sequence), await consumer.CountedAsync(ears.Project));
        return true;
    }

    private static Task<Instance> StartConsumerAsync(TestDatabase database, string broker, Ears ears) =>
        Instance.StartAsync(database.ConnectionString, broker, ears, events => events.Consume<CountCall>(Queue));

    // Over about 2.5 s, so that the broker dies in the midst of it.
    private static async Task AnnounceAsync(Instance producer, Guid project)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        foreach (var sequences in Enumerable.Range(1, Facts).Chunk(FactsPerTransaction))
        {
            await pace.WaitForNextTickAsync();
            await producer.AnnounceAsync([.. sequences.Select(sequence => Site.CallEnded(project, sequence))]);
        }
    }

    // On the same port and data.
    private static async Task<EphemeralServer> RestartAsync(EphemeralServer broker, string signal)
    {
        var id = (await File.ReadAllTextAsync(Path.Combine(broker.Folder, "broker.pid"))).Trim();
        using (var kill = Process.Start("kill", [$"-{signal}", id]))
            await kill.WaitForExitAsync();
        await broker.EndedAsync();
        return await EphemeralServer.StartAsync("rabbitmq", broker.Port, broker.Folder, TestServers.RabbitMqAnswersAsync);
    }
}
