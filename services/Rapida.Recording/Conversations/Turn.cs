namespace Rapida.Recording.Conversations;

internal enum Speaker
{
    Caller = 1,
    Assistant = 2,
}

/// <summary>What one side said until the other's turn.</summary>
internal sealed class Turn
{
    public required Guid ProjectId { get; init; }

    public required Guid ConversationId { get; init; }

    public required int Attempt { get; init; }

    /// <summary>From 1 within the attempt.</summary>
    public required int Index { get; init; }

    public required Speaker Speaker { get; init; }

    /// <summary>Personal: never for a log.</summary>
    public required string Text { get; init; }

    /// <summary>Samples since the attempt's stream began.</summary>
    public required long StartSample { get; init; }

    public required long EndSample { get; init; }

    /// <summary>The assistant was interrupted; the text is what was heard.</summary>
    public required bool Interrupted { get; init; }

    /// <summary>Milliseconds from the caller's last voice to the assistant's first.</summary>
    public required int GapMs { get; init; }

    /// <summary>Where the time of an answer went: rapida.conversations.v1.Waterfall as JSON. Null: it is no answer.</summary>
    public string? Waterfall { get; init; }
}

/// <summary>A value that the assistant took down. The last one of a name counts.</summary>
internal sealed class CollectedValue
{
    public required Guid ProjectId { get; init; }

    public required Guid ConversationId { get; init; }

    public required string Name { get; init; }

    /// <summary>Personal: never for a log.</summary>
    public required string Value { get; init; }

    public required int Attempt { get; init; }

    public required long Sequence { get; init; }
}
