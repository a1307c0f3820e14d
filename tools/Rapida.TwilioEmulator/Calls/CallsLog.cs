namespace Rapida.TwilioEmulator.Calls;

internal static partial class CallsLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Call {CallSid} of number {NumberSid} placed: {Direction}")]
    public static partial void CallPlaced(this ILogger logger, string callSid, string numberSid, string direction);

    [LoggerMessage(Level = LogLevel.Information, Message = "Call {CallSid} ended: {Status}, {Reason}")]
    public static partial void CallEnded(this ILogger logger, string callSid, CallStatus status, EndReason reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The emulator failed in call {CallSid}")]
    public static partial void CallFailed(this ILogger logger, Exception exception, string callSid);
}
