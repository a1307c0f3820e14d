using System.Text.Json.Nodes;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Rapida.Vault.Tests;

/// <summary>Hears what is published to one exchange.</summary>
internal sealed class Ears : IAsyncDisposable
{
    private readonly Channel<JsonNode> _heard = Channel.CreateUnbounded<JsonNode>();
    private readonly IConnection _connection;

    private Ears(IConnection connection) => _connection = connection;

    public static async Task<Ears> OnAsync(IConnection connection, string exchange)
    {
        var ears = new Ears(connection);
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

    public async Task<JsonNode> NextAsync() => await _heard.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();
}
