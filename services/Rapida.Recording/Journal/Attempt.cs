namespace Rapida.Recording.Journal;

/// <summary>One media stream of a call, counted from 1.</summary>
internal sealed class Attempt
{
    public required Guid ProjectId { get; init; }

    public required Guid ConversationId { get; init; }

    public required int Number { get; init; }

    /// <summary>All entries up to this sequence are in the database.</summary>
    public long StoredThrough { get; init; }

    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>Samples: the stream's length as it was closed, or the end of its last segment.</summary>
    public long Length { get; init; }

    /// <summary>Sequence of the entry that closed it. It is complete when <see cref="StoredThrough"/> has reached it.</summary>
    public long? ClosedSequence { get; init; }

    /// <summary>caller, assistant, idle, max_duration, error or lost.</summary>
    public string? CloseReason { get; init; }
}
