namespace Rapida.Speech;

/// <summary>A speech recogniser. One session carries one call.</summary>
public interface ISpeechToText
{
    /// <summary>The provider's name in an assistant's settings, for example "pocketsphinx".</summary>
    string Provider { get; }

    /// <summary>Prepares a recogniser for one call. It takes some 100 ms locally: open it while the telephone rings.</summary>
    /// <exception cref="SpeechEngineMissingException">The engine is not installed on this machine.</exception>
    Task<ISpeechToTextSession> OpenAsync(SpeechSettings settings, CancellationToken cancellationToken);
}

/// <summary>
/// The recogniser of one call. Between <see cref="StartUtterance"/> and <see cref="FinishUtteranceAsync"/> it is fed what the caller says, frame by
/// frame; it never blocks the one who feeds it. The methods are called by one thread at a time.
/// </summary>
public interface ISpeechToTextSession : IAsyncDisposable
{
    /// <summary>Samples per second that <see cref="Push"/> takes.</summary>
    int SampleRate { get; }

    /// <summary>What the utterance seems to be so far, in lower-case words; empty when nothing is recognised yet. May be read from any thread.</summary>
    string Partial { get; }

    /// <summary>Begins an utterance. One that was not finished is dropped.</summary>
    /// <param name="hint">What the assistant has just asked for.</param>
    void StartUtterance(RecognitionHint hint);

    /// <summary>Hands over one frame; the samples are copied. Ignored outside an utterance.</summary>
    void Push(ReadOnlySpan<short> samples);

    /// <summary>Ends the utterance and waits for its words.</summary>
    /// <exception cref="SpeechProviderException">The provider failed; the session can go on with the next utterance.</exception>
    Task<Transcript> FinishUtteranceAsync(CancellationToken cancellationToken);
}

/// <summary>What a caller said.</summary>
/// <param name="Text">Lower-case words; empty when nothing was understood.</param>
/// <param name="Confidence">From 0 to 1, or null when the provider does not say.</param>
public readonly record struct Transcript(string Text, float? Confidence)
{
    public static Transcript Nothing { get; } = new("", null);
}

/// <summary>
/// What an answer will probably be. A hint, not a filter: recognisers may weigh these words more and still return others.
/// </summary>
public enum RecognitionHint
{
    /// <summary>Anything.</summary>
    Anything,

    /// <summary>A day, a time, or both.</summary>
    DayAndTime,

    /// <summary>A string of digits, spoken singly.</summary>
    Digits,

    /// <summary>Yes or no, perhaps with a correction.</summary>
    YesOrNo,
}
