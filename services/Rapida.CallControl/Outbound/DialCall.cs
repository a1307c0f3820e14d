using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Capacity;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.CallControl.Database;
using Rapida.CallControl.Media;
using Rapida.Media.V1;

namespace Rapida.CallControl.Outbound;

/// <summary>Dials one call, at most once: it is claimed and written down before anything is sent, and what is not known afterwards is never sent again.</summary>
internal sealed class DialCall(
    CallsDbContext db, OpenMediaContext openContext, DialTwilio twilio, LearnCallSid learn, MoveCall moveCall, FreePlace freePlace,
    TimeProvider clock, ILogger<DialCall> logger)
{
    private static readonly ActivitySource Activities = new("Rapida.CallControl");

    // A claim that is older than a request can be belongs to an instance that is gone; one that was slow to send must not send any more.
    private static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AskAfter = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    public async Task ExecuteAsync(Guid callId)
    {
        // The call's trace: its media session, and all that follows, belongs to it.
        using var activity = Activities.StartActivity("dial call");
        if (await ClaimAsync(callId) is not { } claimed)
            return;

        var answer = clock.GetUtcNow() - claimed.Dial.ClaimedAt > SendWithin
            ? new DialAnswer.Unknown()
            : await twilio.PlaceAsync(claimed.Call, claimed.Dial, claimed.Twiml);
        await NoteAsync(callId, answer);
    }

    private async Task<Claimed?> ClaimAsync(Guid callId)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var call = await db.LockCallAsync(callId, CancellationToken.None);
        var dial = await db.Dials.SingleAsync(row => row.CallId == callId);
        await db.LockAsync(dial.LineId.ToString(), CancellationToken.None);
        var now = clock.GetUtcNow();
        if (dial.State != DialState.Waiting || dial.NotBefore > now || await IsLineBusyAsync(dial))
        {
            // A place was taken for it. One that another instance has dialled meanwhile keeps that.
            if (dial.State == DialState.Waiting || call.Status.IsTerminal())
                await freePlace.ExecuteAsync(call.ProjectId, callId, CancellationToken.None);
            return null;
        }

        Note(call, ++dial.Tries, "dialling", null);
        dial.ContextId ??= db.MediaContexts.Add(openContext.Execute(call, SessionSettings.Parser.ParseFrom(dial.Settings))).Entity.Id;
        (dial.State, dial.Settings, dial.ClaimedAt) = (DialState.Dialling, null, now);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return new(call, dial, (await db.MediaContexts.AsNoTracking().SingleAsync(row => row.Id == dial.ContextId)).Twiml);
    }

    // Another call from and to the same numbers is under way.
    private Task<bool> IsLineBusyAsync(Dial dial) =>
        db.Dials.AnyAsync(row => row.LineId == dial.LineId && (row.State == DialState.Dialling || row.State == DialState.Unknown));

    private async Task NoteAsync(Guid callId, DialAnswer answer)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var call = await db.LockCallAsync(callId, CancellationToken.None);
        var dial = await db.Dials.SingleAsync(row => row.CallId == callId);
        var now = clock.GetUtcNow();
        switch (answer)
        {
            case DialAnswer.Placed(var sid):
                Note(call, dial.Tries, "placed", null);
                if (!await learn.ExecuteAsync(call, sid, CancellationToken.None))
                    logger.OtherCallSid(callId);
                break;

            // A callback has come meanwhile: Twilio has it, whatever the answer was.
            case var _ when dial.State != DialState.Dialling:
                break;
            case DialAnswer.NotNow when call.HangUpReason is not null:
                dial.State = DialState.Canceled;
                moveCall.To(call, CallStatus.Canceled);
                break;
            case DialAnswer.NotNow(var why, var retryAfter):
                Note(call, dial.Tries, "not_now", why);
                (dial.State, dial.NotBefore) = (DialState.Waiting, now + Pause(dial.Tries, retryAfter));
                await freePlace.ExecuteAsync(call.ProjectId, call.Id, CancellationToken.None);
                break;
            case DialAnswer.Refused(var failure, var code):
                Note(call, dial.Tries, "refused", code?.ToString(CultureInfo.InvariantCulture));
                (dial.State, call.FailureCode, call.ErrorCode) = (DialState.Settled, failure, code);
                moveCall.To(call, CallStatus.Failed);
                break;
            default:
                Note(call, dial.Tries, "unknown", null);
                (dial.State, dial.SettleAt) = (DialState.Unknown, now + AskAfter);
                break;
        }

        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private void Note(Call call, int tries, string word, string? detail) =>
        db.Events.Add(CallEvent.New(call, "dial", word, $"dial.{tries}.{word}", detail, clock.GetUtcNow()));

    // 1, 2, 4 … 60 s, or as long as Twilio wants, and up to half as much again, so that those who were sent away together do not come back together.
    private static TimeSpan Pause(int tries, TimeSpan? retryAfter)
    {
        var pause = ShortestPause * Math.Pow(2, Math.Min(tries - 1, 10));
        pause = retryAfter > pause ? retryAfter.Value : pause;
        return (pause < LongestPause ? pause : LongestPause) * (1 + (Random.Shared.NextDouble() / 2));
    }

    private sealed record Claimed(Call Call, Dial Dial, string Twiml);
}
