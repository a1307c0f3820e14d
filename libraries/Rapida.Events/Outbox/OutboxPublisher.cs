using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Rapida.Events.Outbox;

/// <summary>
/// Publishes what waits in the outbox: takes rows that no other instance holds, publishes with confirms and the row's id as message id,
/// deletes, commits. A crash in between publishes again with the same id, which the inbox of every consumer knows.
/// </summary>
internal sealed class OutboxPublisher(NpgsqlDataSource database, IBus bus, TimeProvider clock, ILogger<OutboxPublisher> logger) : BackgroundService
{
    public const string ActivitySourceName = "Rapida.Events";

    // Enough to keep the broker busy, few enough that a row is not held for long.
    private const int BatchSize = 100;

    // Publishing blocks while the broker is away; the rows wait in the database meanwhile.
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(10);

    // When the service ends: a publish that is cut off is logged as an Error, and comes again.
    private static readonly TimeSpan FinishWithin = TimeSpan.FromSeconds(2);

    // NOTIFY wakes us at once; this is for rows whose notification was lost with a connection.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    private static readonly ActivitySource Activities = new(ActivitySourceName);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var ears = await database.OpenConnectionAsync(stoppingToken);
                await using (var listen = new NpgsqlCommand("listen " + OutboxTrigger.Channel, ears))
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                while (true)
                {
                    while (await PublishBatchAsync(stoppingToken) == BatchSize)
                    {
                    }

                    await ears.WaitAsync(Idle, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                logger.OutboxWaits(exception.GetType().Name);
                await Task.Delay(Idle, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<int> PublishBatchAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var rows = await TakeAsync(connection, cancellationToken);
        if (rows.Count == 0)
            return 0;

        using var timeout = new CancellationTokenSource(PublishTimeout, clock);
        await using (cancellationToken.Register(() => timeout.CancelAfter(FinishWithin)))
            await Task.WhenAll(rows.Select(row => PublishAsync(row, timeout.Token)));

        await using var delete = new NpgsqlCommand("delete from outbox where id = any($1)", connection);
        delete.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = rows.Select(row => row.Id).ToArray() });
        await delete.ExecuteNonQueryAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return rows.Count;
    }

    private static async Task<List<Row>> TakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var rows = new List<Row>();
        await using var take = new NpgsqlCommand(
            "select id, type, body, traceparent from outbox where type = any($1) order by id limit $2 for update skip locked", connection);
        // A row of a newer version's event waits for the newer version.
        take.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = EventCatalogue.KnownUrns });
        take.Parameters.Add(new NpgsqlParameter<int> { TypedValue = BatchSize });
        await using var reader = await take.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3)));
        return rows;
    }

    private async Task PublishAsync(Row row, CancellationToken cancellationToken)
    {
        ActivityContext.TryParse(row.TraceParent, null, isRemote: true, out var parent);
        using var activity = Activities.StartActivity("outbox publish", ActivityKind.Producer, parent);

        var type = EventCatalogue.TypeOf(row.Type)!;
        var fact = JsonSerializer.Deserialize(row.Body, type, EventCatalogue.Json)!;
        await bus.Publish(fact, type, context => context.MessageId = row.Id, cancellationToken);
    }

    private readonly record struct Row(Guid Id, string Type, string Body, string? TraceParent);
}
