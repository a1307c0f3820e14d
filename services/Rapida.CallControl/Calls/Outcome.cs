namespace Rapida.CallControl.Calls;

/// <summary>Who ended a call, and whose fault it was that it ended so.</summary>
/// <param name="EndedBy">caller, assistant, idle, max_duration, error or carrier.</param>
/// <param name="Fault">none, caller, carrier, provider, tenant or us.</param>
internal readonly record struct Outcome(string EndedBy, string Fault)
{
    /// <summary>The outcome of a call that has reached a terminal status.</summary>
    public static Outcome Of(Call call) => call switch
    {
        { FailureCode: var code } when FailureCodes.IsWantOfRoom(code) => new("error", "tenant"),
        { Status: CallStatus.Failed } => new("carrier", "carrier"),
        { Status: CallStatus.Busy or CallStatus.NoAnswer } => new("caller", "none"),
        { Status: CallStatus.Canceled } => new("caller", "none"),
        { FailureCode: { } code } when FailureCodes.IsTenants(code) => new("error", "tenant"),
        { FailureCode: not null } => new("error", "us"),
        { LeaveReason: "error" } => new("error", "provider"),
        { LeaveReason: { } reason } => new(reason, "none"),
        _ => new("caller", "none"),
    };
}
