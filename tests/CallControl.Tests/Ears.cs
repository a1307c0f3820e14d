using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Rapida.Contracts.Events;

namespace CallControl.Tests;

/// <summary>Hears every event of one kind on the broker.</summary>
internal sealed class Ears<T> : IAsyncDisposable
    where T : IBusinessEvent
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly ConcurrentQueue<T> _all = new();
    private readonly ConcurrentDictionary<Guid, bool> _ids = new();
    private readonly ConcurrentDictionary<Guid, Channel<T>> _byAggregate = new();
    private readonly IConnection _connection;

    private Ears(IConnection connection) => _connection = connection;

    public IReadOnlyCollection<T> All => _all;

    public static async Task<Ears<T>> OnAsync(string broker, string exchange)
    {
        var ears = new Ears<T>(await new ConnectionFactory { Uri = new(broker) }.CreateConnectionAsync("ears"));
        var channel = await ears._connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
        var queue = await channel.QueueDeclareAsync();
        await channel.QueueBindAsync(queue.QueueName, exchange, routingKey: "");
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            using var envelope = JsonDocument.Parse(message.Body);
            // The outbox publishes at least once, and always under the same id.
            if (!ears._ids.TryAdd(envelope.RootElement.GetProperty("messageId").GetGuid(), true))
                return Task.CompletedTask;
            var fact = envelope.RootElement.GetProperty("message").Deserialize<T>(Web)!;
            ears._all.Enqueue(fact);
            ears.Of(fact.AggregateId).Writer.TryWrite(fact);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
        return ears;
    }

    /// <summary>The next event about one thing.</summary>
    public async Task<T> NextAsync(Guid aggregateId) => await Of(aggregateId).Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    private Channel<T> Of(Guid aggregateId) => _byAggregate.GetOrAdd(aggregateId, _ => Channel.CreateUnbounded<T>());
}
