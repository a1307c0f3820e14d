namespace Rapida.CallControl.Diagnostics;

/// <summary>How often requests were refused, or calls could not be held, for one reason in one minute. No request's data.</summary>
internal sealed class Diagnostic
{
    /// <summary>The project of the key; the operator's (all zeros) when the key itself was not good.</summary>
    public Guid ProjectId { get; init; }

    public required string Reason { get; init; }

    public DateTimeOffset Minute { get; init; }

    public int Count { get; init; }
}
