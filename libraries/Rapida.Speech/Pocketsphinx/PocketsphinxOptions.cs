namespace Rapida.Speech.Pocketsphinx;

/// <summary>Where the recogniser's model lies, and how it weighs it. The defaults are Debian's acoustic model and our own call language.</summary>
public sealed record PocketsphinxOptions
{
    private static readonly string Own = Path.Combine(AppContext.BaseDirectory, "Pocketsphinx", "Model");

    /// <summary>Debian package pocketsphinx-en-us.</summary>
    public string AcousticModel { get; init; } = "/usr/share/pocketsphinx/model/en-us/en-us";

    public string Dictionary { get; init; } = Path.Combine(Own, "call.dict");

    public string LanguageModel { get; init; } = Path.Combine(Own, "call.lm");

    /// <summary>Used in place of <see cref="LanguageModel"/> when the assistant knows what it has asked for.</summary>
    public IReadOnlyDictionary<RecognitionHint, string> HintedLanguageModels { get; init; } = new Dictionary<RecognitionHint, string>
    {
        [RecognitionHint.DayAndTime] = Path.Combine(Own, "day-time.lm"),
        [RecognitionHint.Digits] = Path.Combine(Own, "digits.lm"),
        [RecognitionHint.YesOrNo] = Path.Combine(Own, "yes-no.lm"),
    };

    /// <summary>How sound becomes features: those of the acoustic model, but for the mean spectrum that a call begins with, which is the telephone's.</summary>
    public string Features { get; init; } = Path.Combine(Own, "feat.params");

    /// <summary>Adapts the acoustic model to the telephone.</summary>
    public string Adaptation { get; init; } = Path.Combine(Own, "en-us-8k-general.mllr");

    /// <summary>Further options of the decoder, for example <c>-lw</c> and its value.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    internal string[] ToArguments() =>
        ["-hmm", AcousticModel, "-featparams", Features, "-dict", Dictionary, "-lm", LanguageModel, "-mllr", Adaptation, "-logfn", "/dev/null", .. Arguments];
}
