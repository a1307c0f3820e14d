using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Rapida.Events.Inbox;

/// <summary>Forgets messages that are too old to come again.</summary>
internal sealed class SweepInbox(NpgsqlDataSource database, TimeProvider clock, ILogger<SweepInbox> logger) : BackgroundService
{
    // Delayed redelivery ends within hours; a week also covers a restored backup of the broker.
    private static readonly TimeSpan Memory = TimeSpan.FromDays(7);
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await SweepAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var sweep = database.CreateCommand("delete from inbox where received_at < $1");
            sweep.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() - Memory });
            await sweep.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            logger.InboxNotSwept(exception.GetType().Name);
        }
    }
}
