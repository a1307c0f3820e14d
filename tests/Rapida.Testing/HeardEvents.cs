using System.Text.Json.Nodes;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Rapida.Testing;

/// <summary>Hears every event of one type that is published from now on.</summary>
public sealed class HeardEvents : IAsyncDisposable
{
    private readonly Channel<JsonNode> _heard = Channel.CreateUnbounded<JsonNode>();
    private readonly IConnection _connection;

    private HeardEvents(IConnection connection) => _connection = connection;

    /// <summary>Listens.</summary>
    /// <param name="broker">The connection string <c>broker</c>.</param>
    /// <param name="exchange">The event's <c>[EntityName]</c>, such as <c>rapida.call-ended.v1</c>.</param>
    public static async Task<HeardEvents> OnAsync(string broker, string exchange)
    {
        var connection = await new ConnectionFactory { Uri = new(broker) }.CreateConnectionAsync();
        var ears = new HeardEvents(connection);
        var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
        var queue = await channel.QueueDeclareAsync();
        await channel.QueueBindAsync(queue.QueueName, exchange, routingKey: "");
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
            await ears._heard.Writer.WriteAsync(JsonNode.Parse(message.Body.Span)!["message"]!);
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
        return ears;
    }

    /// <summary>The next event as it is on the wire, without its envelope.</summary>
    public async Task<JsonNode> NextAsync() => await _heard.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();
}
