using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Rapida.Testing;

/// <summary>
/// A virtual host of RabbitMQ for one test class, so that queues of the same name do not meet. The test server has some of them; one is
/// claimed by an exclusive queue, which goes away with its connection, also when the test process dies.
/// </summary>
public sealed class TestBroker : IAsyncDisposable
{
    private readonly IConnection _claim;

    private TestBroker(IConnection claim, string uri) => (_claim, Uri) = (claim, uri);

    /// <summary>The connection string <c>broker</c>: amqp://user:password@host:port/virtual-host.</summary>
    public string Uri { get; }

    /// <summary>Claims a free virtual host, waiting for one while all are taken.</summary>
    public static async Task<TestBroker> ClaimAsync()
    {
        var server = await TestServers.RabbitMqAsync();
        while (true)
        {
            foreach (var number in Enumerable.Range(0, TestServers.VirtualHosts).OrderBy(_ => Random.Shared.Next()))
                if (await TryClaimAsync($"{server.TrimEnd('/')}/t{number}") is { } broker)
                    return broker;
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _claim.DisposeAsync();

    private static async Task<TestBroker?> TryClaimAsync(string uri)
    {
        var connection = await new ConnectionFactory { Uri = new(uri) }.CreateConnectionAsync("claim");
        try
        {
            var channel = await connection.CreateChannelAsync();
            await channel.QueueDeclareAsync("claim", durable: false, exclusive: true, autoDelete: true);
            return new(connection, uri);
        }
        catch (OperationInterruptedException)
        {
            await connection.DisposeAsync();
            return null;
        }
    }
}
