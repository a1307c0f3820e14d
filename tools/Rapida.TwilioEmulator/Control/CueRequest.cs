using Rapida.TwilioEmulator.Caller;

namespace Rapida.TwilioEmulator.Control;

internal enum CueMoment
{
    /// <summary>The assistant begins to speak for the first time.</summary>
    AssistantBegins,

    /// <summary>The assistant begins its n-th stretch of speech.</summary>
    AssistantSentence,
}

/// <summary>One sound of a scored caller.</summary>
/// <example>{ "wav": "/tmp/cough.wav", "after": "assistant_sentence", "stretch": 2, "offset_ms": 800 }</example>
internal sealed record CueRequest
{
    /// <summary>A WAV file on this machine.</summary>
    public string? Wav { get; init; }

    /// <summary>The same, as the file's bytes in base64.</summary>
    public byte[]? WavBytes { get; init; }

    public CueMoment After { get; init; } = CueMoment.AssistantBegins;

    /// <summary>From 1; a stretch begins after at least 600 ms of silence. Only for <see cref="CueMoment.AssistantSentence"/>.</summary>
    public int? Stretch { get; init; }

    /// <summary>How long after that beginning the sound is made.</summary>
    public int OffsetMs { get; init; }

    /// <exception cref="InvalidCallException">The cue has no sound or no moment.</exception>
    public Cue ToCue()
    {
        if (OffsetMs < 0 || Stretch < 1 || (After == CueMoment.AssistantBegins && Stretch > 1))
        {
            throw new InvalidCallException(
                "invalid_cue", "A cue has offset_ms from 0, and stretch from 1; after assistant_begins the stretch is the first.");
        }
        var recording = Recording.Read(Wav, WavBytes);
        return recording is { Frames: > 0 }
            ? Cue.Of(recording, Stretch ?? 1, TimeSpan.FromMilliseconds(OffsetMs))
            : throw new InvalidCallException("invalid_cue", "A cue is a sound: give wav or wav_bytes that is not empty.");
    }
}
