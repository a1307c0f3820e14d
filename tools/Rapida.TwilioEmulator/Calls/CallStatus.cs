using System.Text.Json;

namespace Rapida.TwilioEmulator.Calls;

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

internal static class CallStatuses
{
    /// <summary>Twilio's spelling: <c>in-progress</c>, <c>no-answer</c>.</summary>
    public static string Wire(this CallStatus status) => JsonNamingPolicy.KebabCaseLower.ConvertName(status.ToString());

    public static bool IsTerminal(this CallStatus status) => status >= CallStatus.Completed;
}
