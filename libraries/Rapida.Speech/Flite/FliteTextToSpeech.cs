using System.Runtime.CompilerServices;

namespace Rapida.Speech.Flite;

/// <summary>
/// A voice on this machine, without key or network: CMU flite, some 50 ms for a sentence. Option <c>voice</c>: slt (a woman's, the default) or rms (a man's).
/// </summary>
public sealed class FliteTextToSpeech : ITextToSpeech, ILocalEngine
{
    // Loaded once for the process; flite reads them and never writes, so that any number of threads may speak.
    private static readonly Lazy<SpeechEngineMissingException?> NotInstalled = new(() =>
        NativeLibraries.Missing("flite", "libflite1", NativeMethods.Flite, NativeMethods.SltVoice, NativeMethods.RmsVoice));

    private static readonly Lazy<(nint Slt, nint Rms)> Voices = new(() =>
    {
        _ = NativeMethods.Initialise();
        return (NativeMethods.RegisterSlt(0), NativeMethods.RegisterRms(0));
    });

    public string Provider => "flite";

    SpeechEngineMissingException? ILocalEngine.Missing => NotInstalled.Value;

    void ILocalEngine.WarmUp() => _ = Task.Run(() => Voices.Value);

    /// <inheritdoc/>
    public async IAsyncEnumerable<SpeechChunk> SynthesizeAsync(
        string text, SpeechSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (NotInstalled.Value is { } missing)
            throw missing;
        if (string.IsNullOrWhiteSpace(text))
            yield break;

        var voice = settings.Get("voice", "slt") switch
        {
            "slt" => Voices.Value.Slt,
            "rms" => Voices.Value.Rms,
            var other => throw new SpeechProviderException($"flite has no voice \"{other}\". There are: slt, rms."),
        };
        yield return await Task.Run(() => Speak(text, voice), cancellationToken);
    }

    private static SpeechChunk Speak(string text, nint voice)
    {
        using var wave = NativeMethods.Speak(text, voice);
        return wave.IsInvalid ? throw new SpeechProviderException("flite could not speak a sentence.") : wave.ToChunk();
    }
}
