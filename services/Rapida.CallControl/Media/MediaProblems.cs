using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Media;

/// <summary>The error catalogue of media contexts.</summary>
internal static class MediaProblems
{
    /// <summary>One answer for everything that does not fit together: which part is wrong is nobody's business.</summary>
    public static readonly Problem NotYours = new(ProblemKind.Forbidden, "context_refused", "This stream may not carry this call.");

    public static readonly Problem ClaimedAlready = new(ProblemKind.Conflict, "context_claimed", "Another stream carries this call.");

    public static readonly Problem TicketTooOld = new(ProblemKind.Forbidden, "ticket_expired", "The ticket was good for two minutes after the answer.");

    public static readonly Problem CallIsOver = new(ProblemKind.Conflict, "call_over", "The call has ended.");

    public static readonly Problem AttemptIsOver = new(ProblemKind.Conflict, "attempt_over", "A newer stream carries this call.");

    public static readonly Problem IntentMissing = new(ProblemKind.Invalid, "intent_missing", "Say why: hangup, transfer, digits or handover.");

    public static readonly Problem BadTransferTarget = new(ProblemKind.Invalid, "target_invalid", "A transfer needs a number in E.164 form.");

    public static readonly Problem TransferNotAllowed = new(
        ProblemKind.Forbidden, "target_not_allowed", "The deployment that this call began with does not name this number.");

    public static readonly Problem BadDigits = new(ProblemKind.Invalid, "digits_invalid", "Digits are 1 to 32 of 0-9, *, #, w and W.");
}
