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
    IServiceScopeFactory scopes, IOptions<OutboundOptions> options, TimeProvider clock, ILogger<SettleDials> logger)
    : DueCalls(scopes, clock, TimeSpan.FromSeconds(1))
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    // Longer than any request takes: whoever had it in hand is gone.
    private static readonly TimeSpan InHand = TimeSpan.FromSeconds(30);

    // Twilio's clock is not ours, and has whole seconds.
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromSeconds(10);

    protected override Task<List<Guid>> TakeAsync(CallsDbContext db, int most, CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        return db.Database.SqlQuery<Guid>($"""
            update dials set state = 'Unknown', settle_at = {now + AskAgain} where call_id in (
                select call_id from dials
                where state in ('Dialling', 'Unknown') and ((state = 'Unknown' and settle_at <= {now}) or (state = 'Dialling' and claimed_at <= {now - InHand}))
                order by settle_at nulls first limit {most} for update skip locked)
            returning call_id as "Value"
            """).ToListAsync(cancellationToken);
    }

    protected override async Task ActAsync(IServiceProvider services, Guid callId, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<CallsDbContext>();
        var asked = await db.Calls.AsNoTracking().SingleAsync(call => call.Id == callId, cancellationToken);
        var claimedAt = (await db.Dials.AsNoTracking().SingleAsync(dial => dial.CallId == callId, cancellationToken)).ClaimedAt!.Value;
        var isGivenUp = Clock.GetUtcNow() - claimedAt > options.Value.SettleWithin;
        var (found, outOfReach) = await FindAsync(services.GetRequiredService<DialTwilio>(), asked, claimedAt, isGivenUp, cancellationToken);
        var taken = await db.Calls.Where(call => found.Contains(call.CallSid!)).Select(call => call.CallSid).ToListAsync(cancellationToken);
        var sid = found.Except(taken).FirstOrDefault();
        if (sid is null && !isGivenUp)
            return;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var call = await db.LockCallAsync(callId, cancellationToken);
        if (call.CallSid is not null)
            return; // A callback was faster.
        if (sid is not null)
        {
            await services.GetRequiredService<LearnCallSid>().ExecuteAsync(call, sid, cancellationToken);
            call.AskTwilioBy(Clock.GetUtcNow());
        }
        else
        {
            call.FailureCode = outOfReach ?? FailureCodes.NeverPlaced;
            await db.Dials.Where(dial => dial.CallId == callId).ExecuteUpdateAsync(
                dial => dial.SetProperty(row => row.State, DialState.Settled).SetProperty(row => row.SettleAt, (DateTimeOffset?)null), cancellationToken);
            services.GetRequiredService<MoveCall>().To(call, call.HangUpReason is null ? CallStatus.Failed : CallStatus.Canceled);
        }

        db.Events.Add(CallEvent.New(call, "dial", sid is not null ? "found" : outOfReach ?? "never_placed", "dial.settled", null, Clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<(List<string> Sids, string? OutOfReach)> FindAsync(
        DialTwilio twilio, Call call, DateTimeOffset claimedAt, bool isGivenUp, CancellationToken cancellationToken)
    {
        try
        {
            return (await twilio.FindAsync(call, claimedAt - ClocksDiffer, cancellationToken), null);
        }
        catch (Exception exception) when (isGivenUp && OutOfReach.Why(exception) is not null)
        {
            return ([], OutOfReach.Why(exception));
        }
    }

    protected override void NotTaken(Exception exception) => logger.QueueNotRead(exception.GetType().Name);

    protected override void NotDone(Guid callId, Exception exception) => logger.DialNotSettled(callId, exception.GetType().Name);
}
