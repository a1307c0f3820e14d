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
        ["Play"] = ["loop", "digits"],
        ["Pause"] = ["length"],
        ["Hangup"] = [],
        ["Redirect"] = ["method"],
        ["Reject"] = ["reason"],
        ["Dial"] =
        [
            "action", "method", "timeout", "timeLimit", "callerId", "answerOnBridge", "hangupOnStar", "record", "recordingStatusCallback",
            "recordingStatusCallbackMethod", "recordingStatusCallbackEvent", "recordingTrack", "trim", "ringTone", "sequential", "referUrl",
            "referMethod", "callReason",
        ],
        ["Number"] =
        [
            "sendDigits", "url", "method", "statusCallback", "statusCallbackMethod", "statusCallbackEvent", "machineDetection",
            "machineDetectionTimeout", "machineDetectionSpeechThreshold", "machineDetectionSpeechEndThreshold", "machineDetectionSilenceTimeout",
            "amdStatusCallback", "amdStatusCallbackMethod", "byoc",
        ],
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Nouns = FrozenSet.Create("Stream", "Parameter", "Number");

    // Real verbs whose attributes are not checked here, because the emulator does not carry them out.
    private static readonly FrozenSet<string> Others =
        FrozenSet.Create("Gather", "Record", "Start", "Stop", "Enqueue", "Leave", "Pay", "Prompt", "Refer", "Sms", "Message");

    public static bool IsCarriedOut(string verb) => Attributes.ContainsKey(verb) && !Nouns.Contains(verb);

    public static bool IsVerb(string name) => IsCarriedOut(name) || Others.Contains(name);

    public static bool HasAttribute(string element, string attribute) =>
        !Attributes.TryGetValue(element, out var known) || known.Contains(attribute, StringComparer.Ordinal);
}
