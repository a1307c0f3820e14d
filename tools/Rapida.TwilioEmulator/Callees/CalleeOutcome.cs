using System.Text.Json.Serialization;
using Rapida.TwilioEmulator.Calls;

namespace Rapida.TwilioEmulator.Callees;

/// <summary>What comes of calling a number.</summary>
internal enum CalleeOutcome
{
    Answered,
    Busy,
    [JsonStringEnumMemberName("no-answer")] NoAnswer,
    Failed,

    /// <summary>The person declines: SIP 603.</summary>
    Rejected,

    /// <summary>There is no such number: SIP 404.</summary>
    Unreachable,
}

internal static class CalleeOutcomes
{
    /// <summary>How a call ends that is not answered. Nobody documents which status a declined one has.</summary>
    public static (CallStatus Status, int SipResponseCode) End(this CalleeOutcome outcome) => outcome switch
    {
        CalleeOutcome.Busy => (CallStatus.Busy, 486),
        CalleeOutcome.Rejected => (CallStatus.Busy, 603),
        CalleeOutcome.Unreachable => (CallStatus.Failed, 404),
        CalleeOutcome.Failed => (CallStatus.Failed, 503),
        _ => (CallStatus.NoAnswer, 487),
    };

    /// <summary>Whoever is engaged, and whoever is not there, does not ring.</summary>
    public static bool Rings(this CalleeOutcome outcome) =>
        outcome is CalleeOutcome.Answered or CalleeOutcome.NoAnswer or CalleeOutcome.Rejected;
}
