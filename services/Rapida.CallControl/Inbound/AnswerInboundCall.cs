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
    CallsDbContext db, AdmitWebhook admit, TakePlace takePlace, FreePlace freePlace, OpenMediaContext openContext, WriteInboundCall write,
    DecideNext decideNext, CountDiagnostic diagnostics, IOptions<CallsOptions> options, TimeProvider clock)
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

        // Before a place is taken for it: who sends a webhook over and over uses up nobody's room.
        if (await write.IsKnownAsync(webhook.CallSid!, cancellationToken))
            return await AgainAsync(admitted, webhook, cancellationToken);

        var call = NewCall(admitted, webhook);
        call.FailureCode = await WhyNotAsync(admitted, call);
        var context = call.FailureCode is null ? openContext.Execute(call, FreezeSettings.Of(admitted.Deployment)) : null;
        if (context is null)
            call.AskTwilioBy(clock.GetUtcNow() + MoveCall.GraceForCallback);
        if (!await write.TryAsync(call, context, cancellationToken))
        {
            await freePlace.ExecuteAsync(call.ProjectId, call.Id, cancellationToken);
            return await AgainAsync(admitted, webhook, cancellationToken);
        }

        if (call.ToAddress != admitted.Deployment.Phone.PhoneNumber)
            await diagnostics.ExecuteAsync(call.ProjectId, NumberNotDeployed, cancellationToken);
        if (call.FailureCode is not null)
            await diagnostics.ExecuteAsync(call.ProjectId, call.FailureCode, cancellationToken);
        return context?.Twiml ?? Refusal(call, admitted);
    }

    private static string Refusal(Call call, AdmittedCall admitted) =>
        FailureCodes.IsWantOfRoom(call.FailureCode) ? Twiml.Busy : Twiml.SayAndHangUp(admitted.Deployment.Phone.Experience.ErrorMessage);

    private async Task<string?> WhyNotAsync(AdmittedCall admitted, Call call) => admitted.Deployment.Missing is [var missing, ..]
        ? FailureCodes.Missing(missing)
        : await takePlace.ForInboundAsync(call.ProjectId, call.Id) switch
        {
            Room.NoPlace => FailureCodes.NoPlace,
            Room.TooFast => FailureCodes.TooFast,
            _ => null,
        };

    private async Task<string?> AgainAsync(AdmittedCall admitted, TwilioWebhook webhook, CancellationToken cancellationToken)
    {
        var call = await db.Calls.AsNoTracking().SingleAsync(row => row.CallSid == webhook.CallSid, cancellationToken);
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
            null => Refusal(call, admitted),
            _ when IsRepeated(call, webhook) => contexts[0].Twiml,
            { StreamSid: null, NextTwiml: null } last => last.Twiml,
            var last => await decideNext.ExecuteAsync(last.Id, call.Id, webhook, cancellationToken),
        };
    }

    // Twilio's own retry, or somebody who has seen the request: neither may end a call that has gone on since.
    private static bool IsRepeated(Call call, TwilioWebhook webhook) =>
        (call.OpeningSignature is { } signature && signature == webhook.Signature)
        || (call.OpeningToken is { } token && token == webhook.IdempotencyToken);

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
