namespace Rapida.Call.Dial;

/// <param name="To">The number that is called, in E.164.</param>
/// <param name="As">What becomes of it: <c>answered</c>, <c>busy</c>, <c>no-answer</c>, <c>failed</c>, <c>canceled</c> or <c>machine</c>.</param>
internal sealed record DialOptions(string To, string As)
{
    private static readonly string[] Outcomes = ["answered", "busy", "no-answer", "failed", "canceled", "machine"];

    public static DialOptions Parse(string to, string outcome) => Outcomes.Contains(outcome)
        ? new(to, outcome)
        : throw new CallFailedException($"AS is one of {string.Join(", ", Outcomes)}, and not {outcome}.");

    /// <summary>How the call has to end: its status, and who ended it.</summary>
    public (string Status, string? EndedBy) Expected => As switch
    {
        "answered" => ("completed", null),
        "canceled" => ("canceled", "operator"),
        "machine" => ("completed", "machine"),
        "failed" => ("failed", "carrier"),
        _ => (As, "caller"),
    };
}
