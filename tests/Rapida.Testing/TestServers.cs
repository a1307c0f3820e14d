using System.Net;
using System.Net.Sockets;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Rapida.Testing;

/// <summary>
/// The real servers that tests run against. <c>make test</c> starts one set and exports where they are; a test project that is run alone
/// starts what it asks for with the scripts of <c>eng/servers</c>, once, and they end with the process.
/// </summary>
public static class TestServers
{
    internal const int VirtualHosts = 16;

    private static readonly TimeSpan QueueAnswersWithin = TimeSpan.FromSeconds(15);
    private static readonly Lazy<Task<string>> Postgres = Given("RAPIDA_TEST_POSTGRES", async () =>
    {
        var server = await EphemeralServer.StartAsync("postgres", async port =>
        {
            await using var connection = new NpgsqlConnection(PostgresOn(port));
            await connection.OpenAsync();
        });
        return PostgresOn(server.Port);
    });

    private static readonly Lazy<Task<string>> Redis = Given("RAPIDA_TEST_REDIS", async () =>
    {
        var server = await EphemeralServer.StartAsync("redis", async port =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
        });
        return $"127.0.0.1:{server.Port}";
    });

    private static readonly Lazy<Task<string>> RabbitMq = Given("RAPIDA_TEST_RABBITMQ", async () =>
    {
        var server = await EphemeralServer.StartAsync("rabbitmq", RabbitMqAnswersAsync, "--virtual-hosts", $"{VirtualHosts}");
        return RabbitMqOn(server.Port);
    });

    /// <summary>Npgsql connection string of a PostgreSQL server whose user may create databases.</summary>
    public static Task<string> PostgresAsync() => Postgres.Value;

    /// <summary>host:port of a Redis server.</summary>
    public static Task<string> RedisAsync() => Redis.Value;

    /// <summary>amqp URI of a RabbitMQ server, without a virtual host.</summary>
    public static Task<string> RabbitMqAsync() => RabbitMq.Value;

    /// <summary>A RabbitMQ server for one test alone: one that is killed, or has no other guest.</summary>
    public static string RabbitMqOn(int port) => $"amqp://guest:guest@127.0.0.1:{port}";

    /// <summary>Connects to RabbitMQ as a client does.</summary>
    public static async Task RabbitMqAnswersAsync(int port)
    {
        await using var connection = await new ConnectionFactory { Uri = new(RabbitMqOn(port)) }.CreateConnectionAsync();
    }

    /// <summary>
    /// Whether a queue that exists answers. RabbitMQ 3.10 that was killed can come back with a quorum queue that has no leader and never will
    /// (https://github.com/rabbitmq/rabbitmq-server/issues/15725): whoever asks for it waits in vain.
    /// </summary>
    public static async Task<bool> RabbitMqQueueAnswersAsync(int port, string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = new(RabbitMqOn(port)), ContinuationTimeout = QueueAnswersWithin }.CreateConnectionAsync();
        try
        {
            await using var channel = await connection.CreateChannelAsync();
            // Only to take a message needs the leader. It is put back.
            if (await channel.BasicGetAsync(queue, autoAck: false) is { } message)
                await channel.BasicNackAsync(message.DeliveryTag, multiple: false, requeue: true);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException or OperationInterruptedException)
        {
            return false;
        }
    }

    private static string PostgresOn(int port) => $"Host=127.0.0.1;Port={port};Username=postgres";

    private static Lazy<Task<string>> Given(string variable, Func<Task<string>> start) =>
        new(() => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? Task.FromResult(given) : start());
}
