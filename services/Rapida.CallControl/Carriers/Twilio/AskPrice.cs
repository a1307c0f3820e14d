using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Database;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>
/// Asks what ended calls cost. Twilio reckons some time after the end: it is asked after a minute, ten minutes later, and then whenever as much time again
/// has passed; when it has not reckoned within a day, it is not asked any more.
/// </summary>
internal sealed class AskPrice(IServiceScopeFactory scopes, TimeProvider clock, ILogger<AskPrice> logger)
    : DueCalls(scopes, clock, TimeSpan.FromSeconds(10))
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AskNoMore = TimeSpan.FromDays(1);

    protected override Task<List<Guid>> TakeAsync(CallsDbContext db, int most, CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        return db.Database.SqlQuery<Guid>($"""
            update calls set ask_price_at = case when ended_at > {now - AskNoMore} then {now} + greatest({now} - ended_at, {ShortestPause}) end where id in (
                select id from calls where ask_price_at <= {now} order by ask_price_at limit {most} for update skip locked)
            returning id as "Value"
            """).ToListAsync(cancellationToken);
    }

    protected override async Task ActAsync(IServiceProvider services, Guid callId, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<CallsDbContext>();
        var call = await db.Calls.AsNoTracking().SingleAsync(row => row.Id == callId, cancellationToken);
        var said = await services.GetRequiredService<TwilioBook>().ReadAsync(call, cancellationToken);
        if (said.Price is null)
            return;
        await db.Calls.Where(row => row.Id == callId).ExecuteUpdateAsync(
            row => row.SetProperty(column => column.Price, said.Price).SetProperty(column => column.PriceUnit, said.PriceUnit)
                .SetProperty(column => column.DurationSeconds, said.DurationSeconds ?? call.DurationSeconds)
                .SetProperty(column => column.AskPriceAt, (DateTimeOffset?)null),
            cancellationToken);
    }

    protected override void NotTaken(Exception exception) => logger.PricesNotRead(exception.GetType().Name);

    protected override void NotDone(Guid callId, Exception exception) => logger.PriceNotRead(callId, exception.GetType().Name);
}
