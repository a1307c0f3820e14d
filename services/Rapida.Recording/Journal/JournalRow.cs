namespace Rapida.Recording.Journal;

/// <summary>A decision, what it was decided from, or a tool call, kept as it was told: for replay.</summary>
internal sealed class JournalRow
{
    public required Guid ProjectId { get; init; }

    public required Guid ConversationId { get; init; }

    public required int Attempt { get; init; }

    public required long Sequence { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>decision, inputs, tool_started or tool_finished.</summary>
    public required string Kind { get; init; }

    /// <summary>The entry in protobuf's JSON form. Not jsonb, which refuses \u0000.</summary>
    public required string Body { get; init; }
}
