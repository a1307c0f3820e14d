namespace Rapida.Recording.Recordings;

/// <summary>A conversation's sound as one file: PCM 16 bit, 8 kHz, stereo, caller left, assistant right.</summary>
internal sealed class FinishedRecording
{
    public required Guid Id { get; init; }

    public required Guid ProjectId { get; init; }

    public required Guid ConversationId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required long DurationMs { get; set; }

    /// <summary>Of the file, header and all.</summary>
    public required long SizeBytes { get; set; }

    /// <summary>The trace that began with the call's webhook; empty when no relay told one.</summary>
    public required string TraceId { get; init; }
}
