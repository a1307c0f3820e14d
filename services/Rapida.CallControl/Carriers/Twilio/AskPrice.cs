using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Database;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>Asks what ended calls cost. Twilio reckons some time after the end; when it has not within a day, it is not asked any more.</summary>
internal sealed class AskPrice(IServiceScopeFactory scopes, TimeProvider clock, ILogger<AskPrice> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AskNoMore = TimeSpan.FromDays(1);
    private const int BatchSize = 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await AskAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CallsDbContext>();
            var now = clock.GetUtcNow();
            // The update is the claim: another instance finds the next time in the future.
            var due = await db.Database.SqlQuery<Guid>($"""
                update calls set ask_price_at = case when ended_at > {now - AskNoMore} then {now + AskAgain} end where id in (
                    select id from calls where ask_price_at <= {now} order by ask_price_at limit {BatchSize} for update skip locked)
                returning id as "Value"
                """).ToListAsync(cancellationToken);
            foreach (var id in due)
                await NoteAsync(scope.ServiceProvider, db, id, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.PriceNotRead(exception.GetType().Name);
        }
    }

    private static async Task NoteAsync(IServiceProvider services, CallsDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var call = await db.Calls.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        var said = await services.GetRequiredService<TwilioBook>().ReadAsync(call, cancellationToken);
        if (said.Price is null)
            return;
        await db.Calls.Where(row => row.Id == id).ExecuteUpdateAsync(
            row => row.SetProperty(column => column.Price, said.Price).SetProperty(column => column.PriceUnit, said.PriceUnit)
                .SetProperty(column => column.AskPriceAt, (DateTimeOffset?)null),
            cancellationToken);
    }
}
