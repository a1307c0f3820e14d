using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Database;
using Rapida.CallControl.Outbound;
using Rapida.Contracts.Events;
using Rapida.Events.Outbox;
using Rapida.Media.V1;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Media;

/// <summary>A relay holds the socket and asks for the call. The first StreamSid gets it, and gets the same answer when it asks again.</summary>
internal sealed class ClaimMediaContext(CallsDbContext db, LearnCallSid learn, Tickets tickets, ServiceTokens tokens, TimeProvider clock)
{
    // Beyond the call's end, so that the last sentence is still synthesised with the provider's key.
    private static readonly TimeSpan GrantMargin = TimeSpan.FromMinutes(5);

    public async Task<Result<ClaimResponse>> ExecuteAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.ProjectId, out var projectId) || !tickets.IsFor(request.ContextId, request.Ticket))
            return MediaProblems.NotYours;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var callId = await db.MediaContexts
            .Where(row => row.Id == request.ContextId && row.ProjectId == projectId)
            .Select(row => (Guid?)row.CallId)
            .SingleOrDefaultAsync(cancellationToken);
        if (callId is null)
            return MediaProblems.NotYours;

        // The call's lock guards its contexts too, and comes first everywhere: /next may be under way at the same moment.
        var call = await db.LockCallAsync(callId.Value, cancellationToken);
        var context = await db.MediaContexts.SingleAsync(row => row.Id == request.ContextId, cancellationToken);
        if (call.AccountSid != request.AccountSid || !await learn.ExecuteAsync(call, request.CallSid, cancellationToken))
            return MediaProblems.NotYours;
        if (call.Status.IsTerminal())
            return MediaProblems.CallIsOver;

        if (context.StreamSid is null)
        {
            if (clock.GetUtcNow() > AnswerOf(call, context) + Tickets.Life)
                return MediaProblems.TicketTooOld;
            Claim(context, call, request);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        else if (context.StreamSid != request.StreamSid)
        {
            return MediaProblems.ClaimedAlready;
        }

        return Answer(context, call);
    }

    // A number rings us when its document is asked for. The one that we ring takes the time that it takes, and the first to say that it has
    // answered may be the stream itself.
    private DateTimeOffset AnswerOf(Call call, MediaContext context) =>
        call is { Direction: Directions.Outbound, Attempt: 0 } ? call.AnsweredAt ?? clock.GetUtcNow() : context.CreatedAt;

    private void Claim(MediaContext context, Call call, ClaimRequest request)
    {
        var now = clock.GetUtcNow();
        (context.StreamSid, context.RelayAddress, context.ClaimedAt) = (request.StreamSid, request.RelayAddress, now);
        context.Attempt = ++call.Attempt;
        (call.Intent, call.IntentTarget, call.LeaveReason) = (LeaveIntent.Unspecified, null, null);
        if (CallStatuses.CanMove(call.Status, CallStatus.InProgress))
            call.Status = CallStatus.InProgress;
        call.AnsweredAt ??= now;
        if (call.Attempt > 1)
            return;

        db.Outbox.Announce(new CallAnswered(
            call.ProjectId, call.Id, ++call.EventSequence, now,
            call.ConversationId, call.AssistantId, call.AssistantVersion, call.Direction, call.PartyId));
    }

    private ClaimResponse Answer(MediaContext context, Call call)
    {
        var settings = context.ReadSettings();
        var whole = settings.Experience.MaxDuration.ToTimeSpan();
        var left = whole - (clock.GetUtcNow() - call.AnsweredAt!.Value);
        settings.Remaining = Duration.FromTimeSpan(left > TimeSpan.Zero ? left : TimeSpan.Zero);

        string[] credentials =
        [
            .. new[] { settings.LanguageModel, settings.SpeechToText, settings.TextToSpeech }
                .Select(provider => provider?.CredentialId)
                .OfType<string>()
                .Concat(settings.Tools.Select(tool => tool.CredentialId))
                .Where(id => id.Length > 0)
                .Distinct(StringComparer.Ordinal),
        ];
        return new()
        {
            ProjectId = call.ProjectId.ToString(),
            CallId = call.Id.ToString(),
            ConversationId = call.ConversationId.ToString(),
            Attempt = context.Attempt,
            Settings = settings,
            CredentialGrant = tokens.Sign(
                "vault",
                new Dictionary<string, object> { ["project_id"] = call.ProjectId.ToString(), ["credential_ids"] = credentials },
                whole + GrantMargin),
            Traceparent = context.TraceParent ?? "",
        };
    }
}
