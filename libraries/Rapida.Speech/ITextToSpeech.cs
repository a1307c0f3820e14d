namespace Rapida.Speech;

/// <summary>A voice. Safe for any number of calls at once.</summary>
public interface ITextToSpeech
{
    /// <summary>The provider's name in an assistant's settings, for example "flite".</summary>
    string Provider { get; }

    /// <summary>Speaks <paramref name="text"/>: a sentence, as a rule. The first piece comes as early as the provider can.</summary>
    /// <exception cref="SpeechEngineMissingException">The engine is not installed on this machine.</exception>
    /// <exception cref="SpeechProviderException">The provider refused or failed.</exception>
    IAsyncEnumerable<SpeechChunk> SynthesizeAsync(string text, SpeechSettings settings, CancellationToken cancellationToken);
}

/// <summary>A piece of synthesised speech, one channel.</summary>
/// <param name="Samples">16-bit samples, any number.</param>
/// <param name="SampleRate">Samples per second; the same for all pieces of one sentence.</param>
public readonly record struct SpeechChunk(ReadOnlyMemory<short> Samples, int SampleRate)
{
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples.Length / SampleRate);
}
