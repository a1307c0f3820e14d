using System.Diagnostics;
using System.Globalization;
using Rapida.Testing;

namespace Events.Tests;

public sealed class BrokerKillTests
{
    private const int Facts = 500;
    private const int FactsPerTransaction = 10;

    [Fact]
    public async Task A_broker_that_is_killed_loses_no_event_and_none_counts_twice()
    {
        await using var producers = await Site.NewDatabaseAsync();
        await using var consumers = await Site.NewDatabaseAsync();
        var broker = await EphemeralServer.StartAsync("rabbitmq", TestServers.RabbitMqAnswersAsync);
        var uri = TestServers.RabbitMqOn(broker.Port);
        var ears = new Ears();
        await using var consumer = await Instance.StartAsync(
            consumers.ConnectionString, uri, ears, events => events.Consume<CountCall>("count"));
        await using var producer = await Instance.StartAsync(producers.ConnectionString, uri, ears, _ => { });

        var announcing = AnnounceAsync(producer, ears.Project);
        var arrived = (await ears.NextAsync(Facts / 5)).Select(heard => heard.Sequence).ToHashSet();
        Kill(broker);
        await broker.EndedAsync();
        await EphemeralServer.StartAsync("rabbitmq", broker.Port, broker.Folder, TestServers.RabbitMqAnswersAsync);
        await announcing;
        while (arrived.Count < Facts)
            arrived.Add((await ears.NextAsync()).Sequence);

        Assert.Equal(Enumerable.Range(1, Facts).Select(sequence => (long)sequence), await consumer.CountedAsync(ears.Project));
    }

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

    // SIGKILL, to the broker's own process.
    private static void Kill(EphemeralServer broker)
    {
        var id = int.Parse(File.ReadAllText(Path.Combine(broker.Folder, "broker.pid")), CultureInfo.InvariantCulture);
        using var process = Process.GetProcessById(id);
        process.Kill();
    }
}
