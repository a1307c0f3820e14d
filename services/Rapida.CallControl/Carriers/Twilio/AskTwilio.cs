using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Database;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>
/// Asks Twilio about calls that have gone quiet, and tells it of those that shall end until they have: these first, for somebody is listening. An inbound
/// number sends no callback unless it was configured to, and callbacks get lost: a call whose stream is over is asked for after 5 s, any other when it
/// should long have ended.
/// </summary>
internal sealed class AskTwilio(IServiceScopeFactory scopes, TimeProvider clock, ILogger<AskTwilio> logger)
    : DueCalls(scopes, clock, TimeSpan.FromSeconds(1))
{
    private static readonly TimeSpan TellAgain = TimeSpan.FromSeconds(5);

    // Twilio knows the call and it is not over: no hurry, and the less the longer it has lasted.
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    // The longest call that there is lasts four hours, and the longest ringing two and a half minutes.
    private static readonly TimeSpan TalksNoLonger = TimeSpan.FromHours(4) + TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RingsNoLonger = TimeSpan.FromMinutes(5);

    protected override Task<List<Guid>> TakeAsync(CallsDbContext db, int most, CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        return db.Database.SqlQuery<Guid>($"""
            update calls set ask_twilio_at = case when hang_up_reason is null then {now + AskAgain} else {now + TellAgain} end where id in (
                select id from calls where ask_twilio_at <= {now} order by hang_up_reason is null, ask_twilio_at limit {most} for update skip locked)
            returning id as "Value"
            """).ToListAsync(cancellationToken);
    }

    protected override async Task ActAsync(IServiceProvider services, Guid callId, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<CallsDbContext>();
        var asked = await db.Calls.AsNoTracking().SingleAsync(call => call.Id == callId, cancellationToken);
        var (said, outOfReach) = await AskAsync(services.GetRequiredService<TwilioBook>(), asked, cancellationToken);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var call = await db.LockCallAsync(callId, cancellationToken);
        call.AnsweredBy ??= said.AnsweredBy;
        if (!call.Status.IsTerminal())
            call.FailureCode ??= outOfReach;
        services.GetRequiredService<MoveCall>().To(call, said.Status ?? call.Status, said.DurationSeconds);
        if (call.HangUpReason == HangUpReasons.Cancel && asked.HangUpReason == HangUpReasons.Cancel && call.Status == CallStatus.InProgress)
            GoOn(db, call);
        // Unless somebody wants to know sooner since.
        if (call.HangUpReason is null && call.AskTwilioAt == asked.AskTwilioAt)
            call.AskTwilioAt = Clock.GetUtcNow() + Pause(call);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<(BookEntry Said, string? OutOfReach)> AskAsync(TwilioBook book, Call call, CancellationToken cancellationToken)
    {
        try
        {
            return (call.HangUpReason is null ? await book.ReadAsync(call, cancellationToken) : await book.EndAsync(call, cancellationToken), null);
        }
        catch (Exception exception) when (OutOfReach.Why(exception) is not null && IsOver(call))
        {
            // Nobody can say how it ended, and no callback of it can be proved: but it has.
            return (new(call.AnsweredAt is null ? CallStatus.Failed : CallStatus.Completed, null, null, null, null), OutOfReach.Why(exception));
        }
    }

    private bool IsOver(Call call) => call.AnsweredAt is { } answered
        ? Clock.GetUtcNow() - answered > TalksNoLonger
        : Clock.GetUtcNow() - call.CreatedAt > (call.Status >= CallStatus.InProgress ? TalksNoLonger : RingsNoLonger);

    // It was answered before it could be taken back. Whoever wants it ended all the same hangs up.
    private void GoOn(CallsDbContext db, Call call)
    {
        call.HangUpReason = null;
        db.Events.Add(CallEvent.New(call, "operator", "cancel_too_late", $"operator.cancel_too_late.{Clock.GetUtcNow().UtcTicks}", null, Clock.GetUtcNow()));
    }

    private TimeSpan Pause(Call call)
    {
        var age = Clock.GetUtcNow() - (call.AnsweredAt ?? call.CreatedAt);
        return age < AskAgain ? AskAgain : age < LongestPause ? age : LongestPause;
    }

    protected override void NotTaken(Exception exception) => logger.QuietCallsNotRead(exception.GetType().Name);

    protected override void NotDone(Guid callId, Exception exception) => logger.TwilioDidNotAnswer(callId, exception.GetType().Name);
}
