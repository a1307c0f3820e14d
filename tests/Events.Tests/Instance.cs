using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rapida.Contracts.Events;
using Rapida.Events;
using Rapida.Events.Outbox;
using Rapida.Testing;

namespace Events.Tests;

/// <summary>One instance of a small service: a database, a bus, and ears.</summary>
internal sealed class Instance : IAsyncDisposable
{
    private readonly IHost _host;

    private Instance(IHost host, LogCapture logs) => (_host, Logs) = (host, logs);

    public LogCapture Logs { get; }

    public static Task<Instance> StartAsync(
        Site site, Ears ears, Action<Subscriptions> subscribe, IReadOnlyList<TimeSpan>? redeliveries = null) =>
        StartAsync(site.Database, site.Broker, ears, subscribe, redeliveries);

    public static async Task<Instance> StartAsync(
        string database, string broker, Ears ears, Action<Subscriptions> subscribe, IReadOnlyList<TimeSpan>? redeliveries = null)
    {
        var logs = new LogCapture();
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:broker", broker)]);
        builder.Logging.AddProvider(logs).AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(ears);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(database));
        builder.Services.AddDbContext<FactsDbContext>(
            (services, options) => options.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()));
        builder.AddEvents(subscribe, redeliveries);
        // Started means: the queues are there and are listened to.
        builder.Services.Configure<MassTransitHostOptions>(options => options.WaitUntilStarted = true);

        var host = builder.Build();
        await host.StartAsync();
        return new(host, logs);
    }

    /// <summary>Announces facts in one transaction.</summary>
    public Task AnnounceAsync(params IBusinessEvent[] facts) => WithDatabaseAsync(async db =>
    {
        foreach (var fact in facts)
            db.Outbox.Announce(fact);
        return await db.SaveChangesAsync();
    });

    /// <summary>Publishes past the outbox, so that a test can choose the message id.</summary>
    public Task PublishAsync(CallEnded fact, Guid messageId) =>
        _host.Services.GetRequiredService<IBus>().Publish(fact, context => context.MessageId = messageId);

    public Task<long[]> CountedAsync(Guid project) => WithDatabaseAsync(db => db.CountedCalls
        .Where(call => call.ProjectId == project).OrderBy(call => call.Sequence).Select(call => call.Sequence).ToArrayAsync());

    public async Task<T> WithDatabaseAsync<T>(Func<FactsDbContext, Task<T>> use)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<FactsDbContext>());
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
