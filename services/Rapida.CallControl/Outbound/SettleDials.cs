using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.CallControl.Database;

namespace Rapida.CallControl.Outbound;

/// <summary>
/// Finds out what became of dials that nobody knows of: the answer was lost, was a 5xx, or the instance that had it in hand is gone. A
/// callback says so by itself; otherwise Twilio's book is read. A call that stands in it is ours; one that does not within
/// <see cref="OutboundOptions.SettleWithin"/> was never placed, and is not placed again.
/// </summary>
internal sealed class SettleDials(
    IServiceScopeFactory scopes, IOptions<OutboundOptions> options, TimeProvider clock, ILogger<SettleDials> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    // Longer than any request takes: whoever had it in hand is gone.
    private static readonly TimeSpan InHand = TimeSpan.FromSeconds(30);

    // Twilio's clock is not ours, and has whole seconds.
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromSeconds(10);
    private const int BatchSize = 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                foreach (var callId in await TakeDueAsync(stoppingToken))
                    await SettleAsync(callId, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    // The update is the claim: another instance finds the next time in the future.
    private async Task<List<Guid>> TakeDueAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CallsDbContext>();
            var now = clock.GetUtcNow();
            return await db.Database.SqlQuery<Guid>($"""
                update dials set state = 'Unknown', settle_at = {now + AskAgain} where call_id in (
                    select call_id from dials
                    where state in ('Dialling', 'Unknown') and ((state = 'Unknown' and settle_at <= {now}) or (state = 'Dialling' and claimed_at <= {now - InHand}))
                    limit {BatchSize} for update skip locked)
                returning call_id as "Value"
                """).ToListAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.QueueNotRead(exception.GetType().Name);
            return [];
        }
    }

    private async Task SettleAsync(Guid callId, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var services = scope.ServiceProvider;
            var db = services.GetRequiredService<CallsDbContext>();
            var asked = await db.Calls.AsNoTracking().SingleAsync(call => call.Id == callId, cancellationToken);
            var claimedAt = (await db.Dials.AsNoTracking().SingleAsync(dial => dial.CallId == callId, cancellationToken)).ClaimedAt!.Value;
            var isGivenUp = clock.GetUtcNow() - claimedAt > options.Value.SettleWithin;
            var found = await services.GetRequiredService<DialTwilio>().FindAsync(asked, claimedAt - ClocksDiffer, cancellationToken);
            var taken = await db.Calls.Where(call => found.Contains(call.CallSid!)).Select(call => call.CallSid).ToListAsync(cancellationToken);
            var sid = found.Except(taken).FirstOrDefault();
            if (sid is null && !isGivenUp)
                return;

            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var locked = await db.LockCallAsync(callId, cancellationToken);
            if (locked.CallSid is not null)
                return; // A callback was faster.
            if (sid is not null)
            {
                await services.GetRequiredService<LearnCallSid>().ExecuteAsync(locked, sid, cancellationToken);
                locked.AskTwilioBy(clock.GetUtcNow());
            }
            else
            {
                locked.FailureCode = FailureCodes.NeverPlaced;
                await db.Dials.Where(dial => dial.CallId == callId).ExecuteUpdateAsync(
                    dial => dial.SetProperty(row => row.State, DialState.Settled).SetProperty(row => row.SettleAt, (DateTimeOffset?)null), cancellationToken);
                services.GetRequiredService<MoveCall>().To(locked, locked.HangUpReason is null ? CallStatus.Failed : CallStatus.Canceled);
            }

            db.Events.Add(CallEvent.New(locked, "dial", sid is null ? "never_placed" : "found", "dial.settled", null, clock.GetUtcNow()));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.DialNotSettled(callId, exception.GetType().Name);
        }
    }
}
