namespace Rapida.Recording.Conversations;

/// <summary>
/// One call's conversation. Journal, CallAnswered and CallEnded may come in any order; each fills its own columns, and whichever comes
/// first makes the row.
/// </summary>
internal sealed class Conversation
{
    public required Guid ProjectId { get; init; }

    public required Guid Id { get; init; }

    public Guid? CallId { get; init; }

    public string? AssistantId { get; init; }

    public int? AssistantVersion { get; init; }

    /// <summary>inbound or outbound.</summary>
    public string? Direction { get; init; }

    /// <summary>Stands for the other party's number.</summary>
    public Guid? PartyId { get; init; }

    /// <summary>W3C trace context of the webhook.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Null for a call that was never answered.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? EndedBy { get; init; }

    /// <summary>The call's last status: completed, busy, no-answer, failed or canceled.</summary>
    public string? Outcome { get; init; }

    /// <summary>none, caller, carrier, provider, tenant or us.</summary>
    public string? Fault { get; init; }

    /// <summary>The highest attempt seen. Entries of older ones are refused.</summary>
    public int Attempt { get; init; }

    /// <summary>The last attempt, as CallEnded told it.</summary>
    public int? LastAttempt { get; init; }

    /// <summary>Sequence of the last CallAnswered. Kept apart from CallEnded's, which may overtake it and must not hide it.</summary>
    public long AnsweredSequence { get; init; }

    /// <summary>Sequence of the last CallEnded.</summary>
    public long EndedSequence { get; init; }

    /// <summary>When the recording is to be made, or made again; null when there is nothing to do.</summary>
    public DateTimeOffset? FinaliseAt { get; set; }

    public Guid? RecordingId { get; set; }
}
