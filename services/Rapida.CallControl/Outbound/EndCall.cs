using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Database;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Outbound;

/// <summary>Somebody wants a call ended. One that was not sent to Twilio never will be; any other Twilio is told to end, until it says that it has.</summary>
internal sealed class EndCall(CallsDbContext db, MoveCall moveCall, TimeProvider clock)
{
    /// <summary>A call that is over stays as it is.</summary>
    /// <param name="projectId">The tenant.</param>
    /// <param name="id">Its call.</param>
    /// <param name="mayBeAnswered">False: a call that was answered goes on, and that is a problem.</param>
    /// <param name="cancellationToken">Nobody waits for it any more.</param>
    public async Task<Result<Call>> ExecuteAsync(Guid projectId, Guid id, bool mayBeAnswered, CancellationToken cancellationToken)
    {
        if (!await db.Calls.AnyAsync(row => row.ProjectId == projectId && row.Id == id, cancellationToken))
            return CallProblems.Unknown;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var call = await db.LockCallAsync(id, cancellationToken);
        if (call.Status.IsTerminal())
            return call;
        if (call.AnsweredAt is not null && !mayBeAnswered)
            return CallProblems.Answered;
        var reason = mayBeAnswered ? HangUpReasons.Operator : HangUpReasons.Cancel;
        // Who has taken a call back may still want it ended.
        if (call.HangUpReason is { } before && (before != HangUpReasons.Cancel || reason == before))
            return call;

        call.HangUpReason = reason;
        var word = mayBeAnswered ? "hangup" : "cancel";
        db.Events.Add(CallEvent.New(call, HangUpReasons.Operator, word, $"{HangUpReasons.Operator}.{word}", null, clock.GetUtcNow()));
        var takenBack = await db.Dials.Where(dial => dial.CallId == id && dial.State == DialState.Waiting).ExecuteUpdateAsync(
            dial => dial.SetProperty(row => row.State, DialState.Canceled).SetProperty(row => row.Settings, (byte[]?)null), cancellationToken);
        if (takenBack > 0)
            moveCall.To(call, CallStatus.Canceled);
        else if (call.CallSid is not null)
            call.AskTwilioBy(clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return call;
    }
}
