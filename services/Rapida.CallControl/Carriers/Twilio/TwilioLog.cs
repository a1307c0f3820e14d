namespace Rapida.CallControl.Carriers.Twilio;

internal static partial class TwilioLog
{
    [LoggerMessage(2301, LogLevel.Warning, "Twilio was not asked about quiet calls: {Reason}")]
    public static partial void QuietCallsNotRead(this ILogger logger, string reason);

    [LoggerMessage(2303, LogLevel.Warning, "Twilio was not asked what calls cost: {Reason}")]
    public static partial void PricesNotRead(this ILogger logger, string reason);

    [LoggerMessage(2305, LogLevel.Warning, "Twilio did not say what call {CallId} cost ({Reason}); it is asked again")]
    public static partial void PriceNotRead(this ILogger logger, Guid callId, string reason);

    [LoggerMessage(2302, LogLevel.Warning, "Twilio did not say how call {CallId} is ({Reason}); it is asked again")]
    public static partial void TwilioDidNotAnswer(this ILogger logger, Guid callId, string reason);

    [LoggerMessage(2304, LogLevel.Warning, "Twilio did not answer about an account's numbers ({Reason}); whoever asked is told to ask again")]
    public static partial void NumberBookClosed(this ILogger logger, string reason);
}
