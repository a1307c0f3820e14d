namespace Rapida.TwilioEmulator.Caller;

internal enum CallerMode
{
    /// <summary>Says one piece of the recording at a time, and listens in between.</summary>
    Turns,

    /// <summary>Plays the recording straight from the stream's start.</summary>
    Timed,

    /// <summary>Says given sounds at given moments of the other side's speech, and notes what became of that speech.</summary>
    Score,
}

/// <summary>How the simulated person behaves. All times are heard time, not wall-clock time.</summary>
internal sealed record CallerManners
{
    public CallerMode Mode { get; init; } = CallerMode.Turns;

    /// <summary>Silence of the other side after which the caller takes the turn.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the caller waits for a greeting before speaking first.</summary>
    public TimeSpan GreetingWait { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long the caller waits for an answer before going on with the next piece.</summary>
    public TimeSpan AnswerWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the caller waits, after the last words, for the other side to hang up.</summary>
    public TimeSpan FarewellWait { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a caller who never speaks stays on the line.</summary>
    public TimeSpan SilentStay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The caller hangs up this long after the line opened, whatever happens.</summary>
    public TimeSpan? HangUpAfter { get; init; }
}
