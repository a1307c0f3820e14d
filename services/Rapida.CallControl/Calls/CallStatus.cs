namespace Rapida.CallControl.Calls;

/// <summary>Where a call is, in Twilio's words. The order is the order of a call's life; everything from <see cref="Completed"/> on is terminal.</summary>
internal enum CallStatus
{
    Queued,
    Initiated,
    Ringing,
    InProgress,
    Completed,
    Busy,
    NoAnswer,
    Failed,
    Canceled,
}

/// <summary>Twilio's spelling, and the only moves that there are.</summary>
internal static class CallStatuses
{
    public static bool IsTerminal(this CallStatus status) => status >= CallStatus.Completed;

    /// <summary>Callbacks arrive late, twice and out of order: a step backwards is ignored, and a terminal call never moves again.</summary>
    public static bool CanMove(CallStatus from, CallStatus to) => (from, to) switch
    {
        ( >= CallStatus.Completed, _) => false,
        // Twilio's last word counts, whatever was missed before it.
        (_, >= CallStatus.Completed) => true,
        (CallStatus.Queued, CallStatus.Initiated or CallStatus.Ringing or CallStatus.InProgress) => true,
        (CallStatus.Initiated, CallStatus.Ringing or CallStatus.InProgress) => true,
        (CallStatus.Ringing, CallStatus.InProgress) => true,
        _ => false,
    };

    /// <summary>As Twilio spells it; null for a word that it does not use.</summary>
    public static CallStatus? Parse(string? word) => word switch
    {
        "queued" => CallStatus.Queued,
        "initiated" => CallStatus.Initiated,
        "ringing" => CallStatus.Ringing,
        "in-progress" => CallStatus.InProgress,
        "completed" => CallStatus.Completed,
        "busy" => CallStatus.Busy,
        "no-answer" => CallStatus.NoAnswer,
        "failed" => CallStatus.Failed,
        "canceled" => CallStatus.Canceled,
        _ => null,
    };

    public static string Word(this CallStatus status) => status switch
    {
        CallStatus.Queued => "queued",
        CallStatus.Initiated => "initiated",
        CallStatus.Ringing => "ringing",
        CallStatus.InProgress => "in-progress",
        CallStatus.Completed => "completed",
        CallStatus.Busy => "busy",
        CallStatus.NoAnswer => "no-answer",
        CallStatus.Failed => "failed",
        CallStatus.Canceled => "canceled",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}
