namespace Rapida.CallControl.Status;

/// <summary>One callback of Twilio's about a call, kept once. Facts only: numbers and places stay where they came from.</summary>
internal sealed class CallCallback
{
    public Guid Id { get; init; }

    public Guid ProjectId { get; init; }

    public Guid CallId { get; init; }

    /// <summary>What makes it one and the same when it comes twice: <c>CA….status.3</c>, <c>MZ….stream-stopped</c>.</summary>
    public required string Key { get; init; }

    /// <summary>call, stream, recording or machine-detection.</summary>
    public required string Kind { get; init; }

    /// <summary>Twilio's word: <c>completed</c>, <c>stream-error</c>, <c>human</c>.</summary>
    public required string Word { get; init; }

    /// <summary>SIP response code or the stream's error, when there was one.</summary>
    public string? Detail { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }
}
