using System.Text.Json;

namespace Rapida.Client;

/// <summary>What was said in a call.</summary>
public sealed record Conversation
{
    public required string Id { get; init; }

    public string? CallId { get; init; }

    public string? AssistantId { get; init; }

    public int? AssistantVersion { get; init; }

    /// <summary><c>inbound</c> or <c>outbound</c>.</summary>
    public string? Direction { get; init; }

    /// <summary><c>queued</c>, <c>in-progress</c> or <c>ended</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The call's last status. Null until it ends.</summary>
    public string? Outcome { get; init; }

    public string? EndedBy { get; init; }

    public string? Fault { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Null until a recording is ready, some seconds after the call.</summary>
    public string? RecordingId { get; init; }

    public string? TraceId { get; init; }

    /// <summary>Not in a list.</summary>
    public IReadOnlyList<Turn>? Turns { get; init; }

    /// <summary>The values that were collected, by name. Not in a list.</summary>
    public IReadOnlyDictionary<string, string>? Collected { get; init; }
}

/// <summary>What one of the two said.</summary>
public sealed record Turn
{
    /// <summary>The media stream it belongs to: a call that was transferred and came back has more than one.</summary>
    public required int Attempt { get; init; }

    public required int Index { get; init; }

    /// <summary><c>caller</c> or <c>assistant</c>.</summary>
    public required string Speaker { get; init; }

    /// <summary>By an assistant that was interrupted, what was heard of it.</summary>
    public required string Text { get; init; }

    /// <summary>Place in the recording, as <see cref="EndMs"/>.</summary>
    public required long StartMs { get; init; }

    public required long EndMs { get; init; }

    public bool Interrupted { get; init; }

    /// <summary>From the caller's last voice to the assistant's first; 0 when it is not an answer.</summary>
    public int GapMs { get; init; }

    /// <summary>Of an answer alone.</summary>
    public Waterfall? Waterfall { get; init; }

    /// <summary>Without the words: it ends in logs.</summary>
    public override string ToString() => $"Turn {Attempt}.{Index} ({Speaker})";
}

/// <summary>Where the time before an answer went: milliseconds since the caller's last voice. Null: not reached.</summary>
public sealed record Waterfall
{
    public int? EndOfTurnMs { get; init; }

    public int? TranscriptMs { get; init; }

    public int? FirstTokenMs { get; init; }

    public int? FirstAudioMs { get; init; }

    public int? FirstSentMs { get; init; }

    public int? FirstConfirmedMs { get; init; }
}

/// <summary>Something that was decided in a conversation, or from what.</summary>
public sealed record JournalEntry
{
    public required int Attempt { get; init; }

    public required long Sequence { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary><c>decision</c>, <c>inputs</c>, <c>tool_started</c>, <c>tool_finished</c>, or a newer word.</summary>
    public required string Kind { get; init; }

    public JsonElement? Body { get; init; }

    public override string ToString() => $"JournalEntry {Attempt}.{Sequence} ({Kind})";
}

internal sealed record ConversationPage
{
    public required IReadOnlyList<Conversation> Conversations { get; init; }

    public string? NextPageToken { get; init; }
}
