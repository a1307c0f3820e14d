using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.CallControl.Database;
using Rapida.CallControl.Media;
using Rapida.CallControl.Outbound;
using Rapida.Media.V1;

namespace Rapida.CallControl.Next;

/// <summary>
/// Twilio has come to the end of what it was told: what now? One use case for <c>/next</c>, <c>/call</c> again, and the action of a dial:
/// the call is locked, and the answer follows from its state.
/// </summary>
internal sealed class DecideNext(
    CallsDbContext db, LearnCallSid learn, OpenMediaContext openContext, MoveCall moveCall, Twiml twiml, TimeProvider clock)
{
    /// <summary>The TwiML. The same question about the same context gets the same answer: Twilio retries.</summary>
    public async Task<string> ExecuteAsync(string contextId, Guid callId, TwilioWebhook webhook, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var call = await db.LockCallAsync(callId, cancellationToken);
        var context = await db.MediaContexts.SingleAsync(row => row.Id == contextId, cancellationToken);

        if (!await learn.ExecuteAsync(call, webhook["ParentCallSid"] ?? webhook.CallSid, cancellationToken))
            return Twiml.Empty;

        // The caller is gone: there is nobody to answer.
        if (CallStatuses.Parse(webhook.CallStatus) is { } status && status.IsTerminal() && webhook.CallSid == call.CallSid)
            moveCall.To(call, status, webhook.CallDuration);

        var answer = call.Status.IsTerminal() ? Twiml.Empty : Answer(call, context, webhook);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return answer;
    }

    private string Answer(Call call, MediaContext context, TwilioWebhook webhook)
    {
        // After a dial the same context is asked again, with what became of it.
        if (call.Intent == LeaveIntent.Transfer && call.Attempt == context.Attempt && webhook["DialCallStatus"] is { } dialled)
            context.NextTwiml = dialled is "completed" or "answered"
                ? End(call, Twiml.HangUp)
                : Connect(call, context, outcome: dialled); // Nobody answered: back to the assistant.

        return context.NextTwiml ??= call.Intent switch
        {
            LeaveIntent.Hangup => End(call, Twiml.HangUp),
            LeaveIntent.Digits => Connect(call, context, digitsFirst: call.IntentTarget),
            LeaveIntent.Handover => Connect(call, context),
            LeaveIntent.Transfer => twiml.Dial(call.IntentTarget!, context.Id),
            _ => Fail(call, context),
        };
    }

    /// <summary>The same conversation in another stream, which is told why.</summary>
    private string Connect(Call call, MediaContext context, string? digitsFirst = null, string outcome = "")
    {
        var settings = context.ReadSettings();
        settings.ReturnedFrom = new ReturnedFrom { Intent = call.Intent, Outcome = outcome };
        (call.Intent, call.IntentTarget) = (LeaveIntent.Unspecified, null);
        return db.MediaContexts.Add(openContext.Execute(call, settings, digitsFirst)).Entity.Twiml;
    }

    // Without a word from the relay the stream was lost, or never began: the caller is told, and is not left in silence.
    private string Fail(Call call, MediaContext context)
    {
        call.FailureCode ??= context.StreamSid is null ? FailureCodes.StreamNeverStarted : FailureCodes.StreamLost;
        return End(call, Twiml.SayAndHangUp(context.ReadSettings().Experience.ErrorMessage));
    }

    private string End(Call call, string answer)
    {
        call.AskTwilioBy(clock.GetUtcNow() + MoveCall.GraceForCallback);
        return answer;
    }
}
