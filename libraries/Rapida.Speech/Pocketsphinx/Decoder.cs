using System.Runtime.InteropServices;

namespace Rapida.Speech.Pocketsphinx;

/// <summary>One pocketsphinx decoder. Whoever uses it sees to it that no two threads do at once.</summary>
internal sealed class Decoder : IDisposable
{
    // ±49 of 32,768: a telephone's sound ends at 4 kHz, and the model was trained on sound to 8 kHz. The noise fills the half that is empty.
    private const int NoiseAmplitude = 49;

    // The name that ps_init gives to the search by -lm.
    private const string GeneralSearch = "_default";

    private readonly DecoderHandle _handle;
    private readonly IReadOnlyDictionary<RecognitionHint, string> _hinted;
    private readonly short[] _filled = new short[PcmFrame.Capacity];
    private uint _noise = 0x9E3779B9;
    private bool _inUtterance;

    private Decoder(DecoderHandle handle, PocketsphinxOptions options)
    {
        _handle = handle;
        _hinted = options.HintedLanguageModels;
    }

    public static Decoder Create(PocketsphinxOptions options)
    {
        // The library prints to the standard error stream of whichever thread it runs on, unless it has nobody to tell.
        NativeMethods.SetErrorCallback(0, 0);

        var arguments = options.ToArguments();
        var parsed = NativeMethods.ParseOptions(0, NativeMethods.KnownOptions(), arguments.Length, arguments, strict: 1);
        if (parsed == 0)
            throw new SpeechProviderException("pocketsphinx refused its options.");
        try
        {
            var handle = NativeMethods.CreateDecoder(parsed);
            if (handle.IsInvalid)
                throw new SpeechProviderException("pocketsphinx could not load its model.");

            foreach (var (hint, path) in options.HintedLanguageModels)
                Check(NativeMethods.AddLanguageModel(handle, hint.ToString(), path), $"load the language model for {hint}");
            return new Decoder(handle, options);
        }
        finally
        {
            _ = NativeMethods.FreeOptions(parsed);
        }
    }

    public void Start(RecognitionHint hint)
    {
        if (_inUtterance)
            End();
        Check(NativeMethods.ChooseSearch(_handle, _hinted.ContainsKey(hint) ? hint.ToString() : GeneralSearch), "choose a language model");
        Check(NativeMethods.StartUtterance(_handle), "start an utterance");
        _inUtterance = true;
    }

    public void Process(ReadOnlySpan<short> samples)
    {
        for (var i = 0; i < samples.Length; i++)
            _filled[i] = (short)Math.Clamp(samples[i] + NextNoise(), short.MinValue, short.MaxValue);
        Check(NativeMethods.Process(_handle, _filled, (nuint)samples.Length, noSearch: 0, wholeUtterance: 0), "process audio");
    }

    public void End()
    {
        _inUtterance = false;
        Check(NativeMethods.EndUtterance(_handle), "end an utterance");
    }

    public string Hypothesis() => PocketsphinxText.Clean(Marshal.PtrToStringUTF8(NativeMethods.Hypothesis(_handle, out _)));

    public void Dispose() => _handle.Dispose();

    // Xorshift (Marsaglia 2003): the same call always gives the same words.
    private int NextNoise()
    {
        _noise ^= _noise << 13;
        _noise ^= _noise >> 17;
        _noise ^= _noise << 5;
        return (int)(_noise % (2 * NoiseAmplitude + 1)) - NoiseAmplitude;
    }

    private static void Check(int result, string what)
    {
        if (result < 0)
            throw new SpeechProviderException($"pocketsphinx could not {what}.");
    }
}
