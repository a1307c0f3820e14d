namespace Rapida.CallControl.Outbound;

internal static partial class OutboundLog
{
    [LoggerMessage(2501, LogLevel.Warning, "The queue of calls was not read: {Reason}")]
    public static partial void QueueNotRead(this ILogger logger, string reason);

    [LoggerMessage(2502, LogLevel.Warning, "Dialling call {CallId} broke off ({Reason}); what became of it is found out")]
    public static partial void DialBroke(this ILogger logger, Guid callId, string reason);

    [LoggerMessage(2503, LogLevel.Warning, "What became of the dial of call {CallId} is not known yet: {Reason}")]
    public static partial void DialNotSettled(this ILogger logger, Guid callId, string reason);

    [LoggerMessage(2504, LogLevel.Error, "Twilio names call {CallId} otherwise than it did before: it may have been placed twice")]
    public static partial void OtherCallSid(this ILogger logger, Guid callId);

    [LoggerMessage(2506, LogLevel.Warning, "Calls that have waited for too long were not ended: {Reason}")]
    public static partial void LateCallsNotEnded(this ILogger logger, string reason);

    [LoggerMessage(2505, LogLevel.Warning, "Whether an account has a number was not learnt from Twilio ({Reason}): the call is queued, and Twilio says so when it is dialled")]
    public static partial void NumbersNotRead(this ILogger logger, string reason);
}
