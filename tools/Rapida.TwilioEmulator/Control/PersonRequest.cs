using Rapida.TwilioEmulator.Dialling;
using Rapida.TwilioEmulator.Line;

namespace Rapida.TwilioEmulator.Control;

/// <summary>What happens when a number is dialled: without anything else, a person answers and is silent.</summary>
internal sealed record PersonRequest
{
    public DialOutcome Outcome { get; init; } = DialOutcome.Answered;

    /// <summary>How long it rings before that.</summary>
    public int RingMs { get; init; } = 2_000;

    /// <summary>How long who answered stays: usually as long as the recording, or 10 s without one.</summary>
    public int? StayMs { get; init; }

    /// <summary>A WAV file on this machine: what is said after answering.</summary>
    public string? Wav { get; init; }

    /// <summary>The same, as the file's bytes in base64.</summary>
    public byte[]? WavBytes { get; init; }

    /// <exception cref="InvalidCallException">A time is negative, or the recording cannot be read.</exception>
    public Person ToPerson()
    {
        if (RingMs < 0 || StayMs < 0)
            throw new InvalidCallException("invalid_person", "Nobody rings or stays for a negative time: ring_ms and stay_ms count from 0.");
        ReadOnlyMemory<byte> says = Recording.Read(Wav, WavBytes)?.Audio;
        var stays = StayMs is { } ms ? TimeSpan.FromMilliseconds(ms) : says.IsEmpty ? TimeSpan.FromSeconds(10) : Frame.Duration(says);
        return new Person(Outcome, TimeSpan.FromMilliseconds(RingMs), stays, says);
    }
}
