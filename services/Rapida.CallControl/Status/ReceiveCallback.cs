using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.CallControl.Database;
using Rapida.CallControl.Outbound;

namespace Rapida.CallControl.Status;

/// <summary>
/// Twilio says something about a call: its own status, its stream, a recording or a detected machine, told apart by their fields. A
/// callback counts once, and one about a child leg never moves its parent.
/// </summary>
internal sealed class ReceiveCallback(CallsDbContext db, LearnCallSid learn, MoveCall moveCall, NoteMachine noteMachine, TimeProvider clock)
{
    public async Task ExecuteAsync(Guid callId, TwilioWebhook webhook, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var call = await db.LockCallAsync(callId, cancellationToken);
        if (!await learn.ExecuteAsync(call, webhook["ParentCallSid"] ?? webhook.CallSid, cancellationToken))
            return;
        var callback = Read(call, webhook);
        if (callback is null || await db.Events.AnyAsync(row => row.CallId == call.Id && row.Key == callback.Key, cancellationToken))
            return;

        db.Events.Add(callback);
        if (callback.Kind == "stream" && callback.Word is "stream-stopped" or "stream-error")
            call.AskTwilioBy(clock.GetUtcNow() + MoveCall.GraceForCallback);
        else if (callback.Kind == "machine-detection")
            await noteMachine.ExecuteAsync(call, callback.Word, cancellationToken);
        else if (callback.Kind == "call" && webhook.CallSid == call.CallSid && CallStatuses.Parse(callback.Word) is { } status)
            Move(call, status, webhook);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private void Move(Call call, CallStatus status, TwilioWebhook webhook)
    {
        call.AnsweredBy ??= webhook["AnsweredBy"];
        if (int.TryParse(webhook["SipResponseCode"], NumberStyles.None, CultureInfo.InvariantCulture, out var sipCode))
            call.SipCode = sipCode;
        moveCall.To(call, status, webhook.CallDuration);
    }

    private CallEvent? Read(Call call, TwilioWebhook webhook) => webhook switch
    {
        _ when webhook["StreamEvent"] is { } word => New(call, "stream", word, $"{webhook["StreamSid"]}.{word}", webhook["StreamError"]),
        _ when webhook["RecordingStatus"] is { } word => New(call, "recording", word, $"{webhook["RecordingSid"]}.{word}", null),
        _ when webhook["AnsweredBy"] is { } word && webhook["CallbackSource"] is null && webhook.CallStatus is null =>
            New(call, "machine-detection", word, $"{webhook.CallSid}.amd", null),
        _ when webhook.CallStatus is { } word =>
            New(call, "call", word, $"{webhook.CallSid}.status.{webhook["SequenceNumber"] ?? word}", webhook["SipResponseCode"]),
        _ => null,
    };

    private CallEvent New(Call call, string kind, string word, string key, string? detail) =>
        CallEvent.New(call, kind, word, key, detail, clock.GetUtcNow());
}
