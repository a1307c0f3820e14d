namespace Rapida.CallControl.Calls;

/// <summary>Why Twilio is told to end a call.</summary>
internal static class HangUpReasons
{
    /// <summary>Somebody ends it through the API, in whatever state it is.</summary>
    public const string Operator = "operator";

    /// <summary>Somebody takes it back through the API: one that is answered before Twilio hears of it goes on.</summary>
    public const string Cancel = "cancel";

    public const string Machine = "machine";

    /// <summary>Who has ended a call that ended for this reason.</summary>
    public static string EndedBy(string reason) => reason is Cancel ? Operator : reason;
}
