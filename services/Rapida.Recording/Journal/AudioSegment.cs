namespace Rapida.Recording.Journal;

/// <summary>The two sides of a call; also their channel in the recording.</summary>
internal enum Track
{
    /// <summary>Left.</summary>
    Caller = 0,

    /// <summary>Right.</summary>
    Assistant = 1,
}

/// <summary>A piece of one track, 8,000 samples a second.</summary>
internal sealed class AudioSegment
{
    public required Guid ProjectId { get; init; }

    public required Guid ConversationId { get; init; }

    public required int Attempt { get; init; }

    public required Track Track { get; init; }

    /// <summary>Samples since the attempt's stream began.</summary>
    public required long FirstSample { get; init; }

    /// <summary>G.711 mu-law, one byte a sample.</summary>
    public required byte[] Mulaw { get; init; }
}
