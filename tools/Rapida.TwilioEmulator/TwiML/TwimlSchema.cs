using System.Collections.Frozen;

namespace Rapida.TwilioEmulator.TwiML;

/// <summary>Which verbs and attributes Twilio knows. Names are case-sensitive; others earn a warning and are ignored.</summary>
internal static class TwimlSchema
{
    private static readonly FrozenDictionary<string, string[]> Attributes = new Dictionary<string, string[]>
    {
        ["Connect"] = ["action", "method"],
        ["Stream"] = ["url", "name", "track", "statusCallback", "statusCallbackMethod", "connectorName"],
        ["Parameter"] = ["name", "value"],
        ["Say"] = ["voice", "language", "loop"],
        ["Pause"] = ["length"],
        ["Hangup"] = [],
        ["Redirect"] = ["method"],
        ["Reject"] = ["reason"],
    }.ToFrozenDictionary();

    // Real verbs whose attributes are not checked here, because the emulator does not carry them out.
    private static readonly FrozenSet<string> Others =
        FrozenSet.Create("Play", "Dial", "Gather", "Record", "Start", "Stop", "Enqueue", "Leave", "Pay", "Prompt", "Refer", "Sms", "Message");

    public static bool IsCarriedOut(string verb) => Attributes.ContainsKey(verb) && verb is not ("Stream" or "Parameter");

    public static bool IsVerb(string name) => IsCarriedOut(name) || Others.Contains(name);

    public static bool HasAttribute(string element, string attribute) =>
        !Attributes.TryGetValue(element, out var known) || known.Contains(attribute, StringComparer.Ordinal);
}
