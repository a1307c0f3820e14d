using Rapida.Speech.EspeakNg;
using Rapida.Speech.Flite;
using Rapida.Speech.Pocketsphinx;
using Rapida.Speech.Scripted;

namespace Rapida.Speech;

/// <summary>Every provider by the name that assistants use for it. One instance per process.</summary>
public sealed class SpeechProviders(
    IEnumerable<ISpeechToText> recognisers, IEnumerable<ILanguageModel> models, IEnumerable<ITextToSpeech> voices)
{
    private readonly Dictionary<string, ISpeechToText> _recognisers = recognisers.ToDictionary(p => p.Provider, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ILanguageModel> _models = models.ToDictionary(p => p.Provider, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ITextToSpeech> _voices = voices.ToDictionary(p => p.Provider, StringComparer.OrdinalIgnoreCase);

    private IEnumerable<ILocalEngine> LocalEngines => _recognisers.Values.Cast<object>().Concat(_voices.Values).OfType<ILocalEngine>();

    /// <summary>The engines that need no key and no network.</summary>
    public static SpeechProviders Local() =>
        new(
            [new PocketsphinxSpeechToText(), new ScriptedSpeechToText()],
            [new ScriptedLanguageModel()],
            [new FliteTextToSpeech(), new EspeakNgTextToSpeech(), new ScriptedTextToSpeech()]);

    /// <exception cref="UnknownSpeechProviderException">No such provider.</exception>
    public ISpeechToText SpeechToText(string provider) => Find(_recognisers, "speech-to-text", provider);

    /// <exception cref="UnknownSpeechProviderException">No such provider.</exception>
    public ILanguageModel LanguageModel(string provider) => Find(_models, "language model", provider);

    /// <exception cref="UnknownSpeechProviderException">No such provider.</exception>
    public ITextToSpeech TextToSpeech(string provider) => Find(_voices, "text-to-speech", provider);

    /// <summary>One sentence for each local engine that is not installed; empty when all are.</summary>
    public IReadOnlyList<string> Missing() => [.. LocalEngines.Select(engine => engine.Missing).OfType<Exception>().Select(missing => missing.Message)];

    /// <summary>Loads the models of the installed local engines in the background, so that the first call need not wait for them.</summary>
    public void WarmUp()
    {
        foreach (var engine in LocalEngines.Where(engine => engine.Missing is null))
            engine.WarmUp();
    }

    private static T Find<T>(Dictionary<string, T> providers, string role, string provider) =>
        providers.TryGetValue(provider, out var found) ? found : throw new UnknownSpeechProviderException(role, provider, providers.Keys);
}

