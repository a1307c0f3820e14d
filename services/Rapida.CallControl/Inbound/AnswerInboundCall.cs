using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Capacity;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.CallControl.Database;
using Rapida.CallControl.Diagnostics;
using Rapida.CallControl.Media;
using Rapida.CallControl.Next;

namespace Rapida.CallControl.Inbound;

/// <summary>Somebody rings a number of ours: the call and its media context are written, and Twilio is told where to stream.</summary>
internal sealed class AnswerInboundCall(
    CallsDbContext db, AdmitWebhook admit, TakePlace takePlace, OpenMediaContext openContext, DecideNext decideNext, CountDiagnostic diagnostics,
    IOptions<CallsOptions> options, TimeProvider clock)
{
    // Twilio is asked about a call that should have been over for so long.
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(2);

    // The assistant answers all the same: whoever pointed the number at it wanted that. Its own calls show the deployment's number.
    private const string NumberNotDeployed = "number_not_deployed";

    /// <summary>The TwiML; null when the request is refused.</summary>
    public async Task<string?> ExecuteAsync(string assistantId, TwilioWebhook webhook, CancellationToken cancellationToken)
    {
        if (await admit.ExecuteAsync(assistantId, webhook, cancellationToken) is not { } admitted)
            return null;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // The same webhook, retried while the first is still under way, waits here and then finds the call.
        await db.LockAsync(webhook.CallSid!, cancellationToken);
        var known = await FindAsync(webhook.CallSid!, cancellationToken);
        var answer = known is null ? await AnswerAsync(admitted, webhook, cancellationToken) : null;
        await transaction.CommitAsync(cancellationToken);
        return known is null ? answer : await AgainAsync(known, admitted, webhook, cancellationToken);
    }

    private async Task<string> AnswerAsync(AdmittedCall admitted, TwilioWebhook webhook, CancellationToken cancellationToken)
    {
        var phone = admitted.Deployment.Phone;
        var call = NewCall(admitted, webhook);
        db.Calls.Add(call);
        if (call.ToAddress != phone.PhoneNumber)
            await diagnostics.ExecuteAsync(call.ProjectId, NumberNotDeployed, cancellationToken);

        if (await WhyNotAsync(admitted, call) is { } failure)
        {
            call.FailureCode = failure;
            call.AskTwilioBy(clock.GetUtcNow() + MoveCall.GraceForCallback);
            await db.SaveChangesAsync(cancellationToken);
            await diagnostics.ExecuteAsync(call.ProjectId, failure, cancellationToken);
            return FailureCodes.IsWantOfRoom(failure) ? Twiml.Busy : Twiml.SayAndHangUp(phone.Experience.ErrorMessage);
        }

        var context = openContext.Execute(call, FreezeSettings.Of(admitted.Deployment));
        await db.SaveChangesAsync(cancellationToken);
        return context.Twiml;
    }

    private async Task<string?> WhyNotAsync(AdmittedCall admitted, Call call) => admitted.Deployment.Missing is [var missing, ..]
        ? FailureCodes.Missing(missing)
        : await takePlace.ForInboundAsync(call.ProjectId, call.Id) switch
        {
            Room.NoPlace => FailureCodes.NoPlace,
            Room.TooFast => FailureCodes.TooFast,
            _ => null,
        };

    private async Task<string?> AgainAsync(Call call, AdmittedCall admitted, TwilioWebhook webhook, CancellationToken cancellationToken)
    {
        // Whoever holds a token can sign any CallSid: another project's call is none of theirs.
        if (call.ProjectId != admitted.ProjectId)
        {
            await diagnostics.ExecuteAsync(admitted.ProjectId, "webhook_other_call", cancellationToken);
            return null;
        }

        var contexts = await db.MediaContexts.AsNoTracking()
            .Where(context => context.CallId == call.Id)
            .OrderBy(context => context.CreatedAt)
            .ToListAsync(cancellationToken);
        return contexts.LastOrDefault() switch
        {
            null when FailureCodes.IsWantOfRoom(call.FailureCode) => Twiml.Busy,
            null => Twiml.SayAndHangUp(admitted.Deployment.Phone.Experience.ErrorMessage),
            _ when IsRepeated(call, webhook) => contexts[0].Twiml,
            { StreamSid: null, NextTwiml: null } last => last.Twiml,
            var last => await decideNext.ExecuteAsync(last.Id, call.Id, webhook, cancellationToken),
        };
    }

    // Twilio's own retry, or somebody who has seen the request: neither may end a call that has gone on since.
    private static bool IsRepeated(Call call, TwilioWebhook webhook) =>
        (call.OpeningSignature is { } signature && signature == webhook.Signature)
        || (call.OpeningToken is { } token && token == webhook.IdempotencyToken);

    private Task<Call?> FindAsync(string callSid, CancellationToken cancellationToken) =>
        db.Calls.AsNoTracking().SingleOrDefaultAsync(call => call.CallSid == callSid, cancellationToken);

    private Call NewCall(AdmittedCall admitted, TwilioWebhook webhook)
    {
        var now = clock.GetUtcNow();
        var from = webhook["From"] ?? "";
        return new()
        {
            Id = Guid.CreateVersion7(now),
            ProjectId = admitted.ProjectId,
            ConversationId = Guid.CreateVersion7(now),
            AssistantId = admitted.Deployment.Assistant.Id,
            AssistantVersion = admitted.Deployment.Version?.Version ?? 0,
            Direction = Directions.Inbound,
            Status = CallStatus.Ringing,
            CallSid = webhook.CallSid!,
            AccountSid = webhook.AccountSid!,
            OpeningSignature = webhook.Signature,
            OpeningToken = webhook.IdempotencyToken,
            CredentialId = admitted.CredentialId,
            FromAddress = from,
            ToAddress = webhook["To"] ?? "",
            PartyId = PartyId.Of(Convert.FromBase64String(options.Value.PartyIndexKey), admitted.ProjectId, from),
            CreatedAt = now,
            AskTwilioAt = now + admitted.Deployment.Phone.Experience.MaxDuration.ToTimeSpan() + Overdue,
        };
    }
}
