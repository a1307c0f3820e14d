namespace Rapida.Client;

/// <summary>A WAV file of 16 bit, 8 kHz, stereo, with the caller left and the assistant right.</summary>
public sealed record Recording
{
    public required string Id { get; init; }

    public required string ConversationId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required long DurationMs { get; init; }

    public required long SizeBytes { get; init; }

    public string? TraceId { get; init; }
}

internal sealed record RecordingPage
{
    public required IReadOnlyList<Recording> Recordings { get; init; }

    public string? NextPageToken { get; init; }
}
