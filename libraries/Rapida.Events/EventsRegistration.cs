using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rapida.Events.Broker;
using Rapida.Events.Inbox;
using Rapida.Events.Outbox;

namespace Rapida.Events;

/// <summary>What a service listens for.</summary>
public sealed class Subscriptions
{
    internal List<(Type Consumer, string Queue)> Queues { get; } = [];

    internal List<Type> Broadcasts { get; } = [];

    /// <summary>Business events: a durable quorum queue that all instances share.</summary>
    /// <param name="queue">The queue's name: service and purpose, such as <c>recordings-finalise</c>. It is part of the wire.</param>
    public Subscriptions Consume<TConsumer>(string queue)
        where TConsumer : class, IConsumer
    {
        Queues.Add((typeof(TConsumer), queue));
        return this;
    }

    /// <summary>Invalidations: every instance hears them in a queue that goes away with it.</summary>
    public Subscriptions Hear<TConsumer>()
        where TConsumer : class, IConsumer
    {
        Broadcasts.Add(typeof(TConsumer));
        return this;
    }
}

/// <summary>Events over RabbitMQ, from the outbox of one service to the inbox of another.</summary>
public static class EventsRegistration
{
    // A consumer that trips over a passing fault tries again at once; a longer one is waited out below.
    private static readonly TimeSpan[] Retries = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2)];
    private static readonly TimeSpan[] Redeliveries = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)];

    /// <summary>Adds the bus (connection string <c>broker</c>), the outbox publisher and the subscriptions.</summary>
    /// <param name="builder">The service's host, with its NpgsqlDataSource registered.</param>
    /// <param name="subscribe">What the service listens for.</param>
    /// <param name="redeliveries">Delays after which a failed message comes again; default 10 s, 1 min, 10 min.</param>
    public static void AddEvents(
        this IHostApplicationBuilder builder, Action<Subscriptions>? subscribe = null, IReadOnlyList<TimeSpan>? redeliveries = null)
    {
        var broker = new Uri(builder.Configuration.GetConnectionString("broker")
            ?? throw new InvalidOperationException("The connection string 'broker' is missing: amqp://user:password@host:port."));
        var subscriptions = new Subscriptions();
        subscribe?.Invoke(subscriptions);

        builder.Services.AddSingleton(_ => new ParkingConnection(broker));
        builder.Services.AddHostedService<SweepInbox>();
        // It would tell its maker's server what runs here.
        builder.Services.Configure<UsageTelemetryOptions>(usage => usage.Enabled = false);
        builder.Services.AddMassTransit(bus =>
        {
            foreach (var consumer in subscriptions.Queues.Select(queue => queue.Consumer).Concat(subscriptions.Broadcasts))
                bus.AddConsumer(consumer);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(broker);
                foreach (var (consumer, queue) in subscriptions.Queues)
                    rabbit.ReceiveEndpoint(queue, endpoint => Configure(endpoint, context, queue, consumer, redeliveries ?? Redeliveries));
                foreach (var consumer in subscriptions.Broadcasts)
                    rabbit.ReceiveEndpoint(new TemporaryEndpointDefinition(), endpoint => endpoint.ConfigureConsumer(context, consumer));
            });
        });
        // After the bus, and so stopped before it: what it is publishing then still goes out.
        builder.Services.AddHostedService<OutboxPublisher>();
    }

    private static void Configure(
        IRabbitMqReceiveEndpointConfigurator endpoint, IBusRegistrationContext context, string queue, Type consumer,
        IReadOnlyList<TimeSpan> redeliveries)
    {
        endpoint.SetQuorumQueue();
        endpoint.PrefetchCount = 32;
        endpoint.ConfigureError(error =>
        {
            error.UseFilter(new DelayedRedelivery(
                queue, redeliveries, context.GetRequiredService<ParkingConnection>(),
                context.GetRequiredService<ILogger<DelayedRedelivery>>()));
            error.UseFilter(new GenerateFaultFilter());
            error.UseFilter(new ErrorTransportFilter());
        });
        endpoint.UseMessageRetry(retry => retry.Intervals(Retries));
        endpoint.ConfigureConsumer(context, consumer);
    }
}
