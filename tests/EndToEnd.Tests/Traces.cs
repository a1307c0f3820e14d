using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using StackExchange.Redis;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>A text and where it lies: <c>calls-db calls.from_address</c>, <c>event</c>, <c>redis</c>, <c>LogsService</c>…</summary>
internal sealed record Trace(string Place, string Text);

/// <summary>All that a call leaves behind.</summary>
internal static class Traces
{
    private static readonly string[] Databases = ["vault-db", "deployments-db", "calls-db", "recordings-db"];

    /// <summary>Every column of every row of every table.</summary>
    public static async Task<List<Trace>> OfDatabasesAsync(RunningSystem system)
    {
        var found = new List<Trace>();
        foreach (var name in Databases)
        {
            await using var database = NpgsqlDataSource.Create(system.Setting($"ConnectionStrings__{name}"));
            foreach (var table in await ReadAsync(database, "select quote_ident(table_name) from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"))
                foreach (var row in await ReadAsync(database, $"select row_to_json(t)::text from {table} t"))
                    foreach (var (column, value) in JsonNode.Parse(row)!.AsObject())
                        found.Add(new Trace($"{name} {table}.{column}", value is JsonValue text && text.GetValueKind() is JsonValueKind.String ? (string)text! : value?.ToJsonString() ?? ""));
        }

        return found;
    }

    /// <summary>Every key of Redis and what it holds.</summary>
    public static async Task<List<Trace>> OfRedisAsync(RunningSystem system)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(system.Setting("ConnectionStrings__cache"));
        var (server, database) = (redis.GetServer(redis.GetEndPoints()[0]), redis.GetDatabase());
        var found = new List<Trace>();
        // Waits without await: not on the thread that reads Redis's answers, which may be this one.
        foreach (var key in await Task.Run(() => server.Keys().ToArray()))
        {
            found.Add(new Trace("redis", key!));
            switch (await database.KeyTypeAsync(key))
            {
                case RedisType.String:
                    found.Add(new Trace("redis", (string?)await database.StringGetAsync(key) ?? ""));
                    break;
                case RedisType.SortedSet:
                    found.AddRange((await database.SortedSetRangeByRankAsync(key)).Select(member => new Trace("redis", $"{member}")));
                    break;
                case RedisType.None:
                    break; // It has run out.
                case var type:
                    Assert.Fail($"{key} is a {type}: read it here.");
                    break;
            }
        }

        return found;
    }

    /// <summary>Every event from now on, as it is on the wire.</summary>
    public static async Task<(IConnection Connection, List<Trace> Heard)> OfEventsAsync(RunningSystem system, IEnumerable<string> exchanges)
    {
        var connection = await new ConnectionFactory { Uri = new(system.Setting("ConnectionStrings__broker")) }.CreateConnectionAsync();
        var (channel, heard) = (await connection.CreateChannelAsync(), new List<Trace>());
        var queue = await channel.QueueDeclareAsync();
        foreach (var exchange in exchanges)
        {
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
            await channel.QueueBindAsync(queue.QueueName, exchange, routingKey: "");
        }

        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            lock (heard)
                heard.Add(new Trace("event", Encoding.UTF8.GetString(message.Body.Span)));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
        return (connection, heard);
    }

    private static async Task<List<string>> ReadAsync(NpgsqlDataSource database, string query)
    {
        var rows = new List<string>();
        await using var command = database.CreateCommand(query);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
