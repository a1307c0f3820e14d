using System.Buffers;
using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Database;
using Rapida.Media.V1;
using Rapida.ServiceDefaults.Privacy;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Media;

/// <summary>A relay is about to close its socket on purpose, and says what <c>/next</c> shall do.</summary>
internal sealed class LeaveMediaContext(CallsDbContext db, TimeProvider clock)
{
    private const int LongestFailure = 500;

    private static readonly SearchValues<char> Tones = SearchValues.Create("0123456789*#wW");

    public async Task<Result<LeaveResponse>> ExecuteAsync(LeaveRequest request, CancellationToken cancellationToken)
    {
        if (Invalid(request) is { } problem)
            return problem;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var context = await db.MediaContexts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.ContextId, cancellationToken);
        if (context is null || context.ProjectId.ToString() != request.ProjectId)
            return MediaProblems.NotYours;
        if (request.Intent == LeaveIntent.Transfer && !context.ReadSettings().TransferTargets.Values.Contains(request.Target))
            return MediaProblems.TransferNotAllowed;

        var call = await db.LockCallAsync(context.CallId, cancellationToken);
        if (request.Attempt != call.Attempt || request.Attempt != context.Attempt)
            return MediaProblems.AttemptIsOver;

        (call.Intent, call.IntentTarget) = (request.Intent, request.Target.Length > 0 ? request.Target : null);
        call.LeaveReason = request.Intent == LeaveIntent.Hangup && request.Reason.Length > 0 ? request.Reason : null;
        if (request.Failure is { Length: > 0 and <= LongestFailure } failure)
            await NoteFailureAsync(call, request.Attempt, failure, cancellationToken);
        if (request.Intent == LeaveIntent.Hangup)
            call.AskTwilioBy(clock.GetUtcNow() + MoveCall.GraceForCallback);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new LeaveResponse();
    }

    // Once: a relay that has heard no answer says it again.
    private async Task NoteFailureAsync(Call call, int attempt, string failure, CancellationToken cancellationToken)
    {
        var noted = CallEvent.New(call, "assistant", "provider_failed", $"assistant.{attempt}.provider_failed", failure, clock.GetUtcNow());
        if (!await db.Events.AnyAsync(row => row.CallId == call.Id && row.Key == noted.Key, cancellationToken))
            db.Events.Add(noted);
    }

    private static Problem? Invalid(LeaveRequest request) => request switch
    {
        { Intent: <= LeaveIntent.Unspecified or > LeaveIntent.Handover } => MediaProblems.IntentMissing,
        { Intent: LeaveIntent.Transfer } when !PhoneNumber.TryParse(request.Target, out _) => MediaProblems.BadTransferTarget,
        { Intent: LeaveIntent.Digits } when request.Target is not { Length: > 0 and <= 32 }
            || request.Target.AsSpan().ContainsAnyExcept(Tones) => MediaProblems.BadDigits,
        _ => null,
    };
}
