namespace Rapida.CallControl.Calls;

/// <summary>Who ended a call, and whose fault it was that it ended so.</summary>
/// <param name="EndedBy">caller, assistant, idle, max_duration, operator, machine, error or carrier. Caller is the other end of the line, whoever rang.</param>
/// <param name="Fault">none, caller, carrier, provider, tenant or us.</param>
internal readonly record struct Outcome(string EndedBy, string Fault)
{
    /// <summary>The outcome of a call that has reached a terminal status.</summary>
    public static Outcome Of(Call call) => call switch
    {
        { FailureCode: var code } when FailureCodes.IsWantOfRoom(code) => new("error", "tenant"),
        { HangUpReason: { } reason, Status: CallStatus.Completed or CallStatus.Canceled } => new(HangUpReasons.EndedBy(reason), "none"),
        { Status: CallStatus.Failed, FailureCode: { } code } when FailureCodes.IsTenants(code) => new("error", "tenant"),
        { Status: CallStatus.Failed, FailureCode: FailureCodes.DiallingStopped } => new("error", "us"),
        { Status: CallStatus.Failed } => new("carrier", "carrier"),
        { Status: CallStatus.Busy or CallStatus.NoAnswer } => new("caller", "none"),
        { Status: CallStatus.Canceled } => new("caller", "none"),
        { FailureCode: { } code } when FailureCodes.IsTenants(code) => new("error", "tenant"),
        { FailureCode: not null } => new("error", "us"),
        { LeaveReason: "error" } => new("error", "provider"),
        { LeaveReason: { } reason } => new(reason, "none"),
        _ => new("caller", "none"),
    };

    /// <summary>Why a call has ended so, in a sentence; null while it has not.</summary>
    public static string? Reason(Call call) => call switch
    {
        { EndedBy: null } => null,
        { FailureCode: { } code } => FailureCodes.Sentence(code),
        { Status: CallStatus.Busy } => "The number was busy.",
        { Status: CallStatus.NoAnswer } => "Nobody answered.",
        { Status: CallStatus.Canceled } => "It was taken back before it was answered.",
        { Status: CallStatus.Failed } => "The carrier could not put it through.",
        { EndedBy: "assistant" } => "The assistant ended it.",
        { EndedBy: "idle" } => "The other end said nothing for too long.",
        { EndedBy: "max_duration" } => "It had lasted as long as it may.",
        { EndedBy: "operator" } => "It was ended through the API.",
        { EndedBy: "machine" } => "A machine answered.",
        { EndedBy: "error" } => "A provider of speech or of the language model failed: the call's events have its words.",
        _ => "The other end hung up.",
    };
}
