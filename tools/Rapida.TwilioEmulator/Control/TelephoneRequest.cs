using Rapida.TwilioEmulator.Caller;

namespace Rapida.TwilioEmulator.Control;

/// <summary>Whoever holds a telephone: what they say, and how they listen, wait and hang up.</summary>
internal abstract record TelephoneRequest
{
    /// <summary>A WAV file on this machine: what is said.</summary>
    public string? Wav { get; init; }

    /// <summary>The same, as the file's bytes in base64.</summary>
    public byte[]? WavBytes { get; init; }

    /// <summary>Null: the line returns nothing of what is heard.</summary>
    public EchoRequest? Echo { get; init; }

    public CallerMode Mode { get; init; } = CallerMode.Turns;

    /// <summary>What a caller of mode score says and when, in this order.</summary>
    public IReadOnlyList<CueRequest> Cues { get; init; } = [];

    public int? QuietMs { get; init; }
    public int? GreetingWaitMs { get; init; }
    public int? AnswerWaitMs { get; init; }
    public int? FarewellWaitMs { get; init; }
    public int? SilentStayMs { get; init; }

    /// <summary>This long after the line opened comes the hang-up.</summary>
    public int? HangupAfterMs { get; init; }

    /// <exception cref="InvalidCallException">A recording cannot be read, or cues and mode do not fit.</exception>
    protected Character ToCharacter()
    {
        if (Mode == CallerMode.Score != Cues.Count > 0)
            throw new InvalidCallException("invalid_cue", "Cues are for a caller of mode score, who has at least one.");
        return Mode == CallerMode.Score
            ? new Character(CallerScript.Silent, [.. Cues.Select(c => c.ToCue())], Manners())
            : new Character(Recording.Read(Wav, WavBytes) ?? CallerScript.Silent, [], Manners());
    }

    private CallerManners Manners()
    {
        var usual = new CallerManners();
        return usual with
        {
            Mode = Mode,
            Quiet = Time(QuietMs) ?? usual.Quiet,
            GreetingWait = Time(GreetingWaitMs) ?? usual.GreetingWait,
            AnswerWait = Time(AnswerWaitMs) ?? usual.AnswerWait,
            FarewellWait = Time(FarewellWaitMs) ?? usual.FarewellWait,
            SilentStay = Time(SilentStayMs) ?? usual.SilentStay,
            HangUpAfter = Time(HangupAfterMs),
        };
    }

    protected static TimeSpan? Time(int? milliseconds) => milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
}
