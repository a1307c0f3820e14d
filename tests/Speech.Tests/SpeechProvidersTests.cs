using Rapida.Speech;
using Rapida.Speech.Flite;
using Rapida.Speech.Pocketsphinx;

namespace Speech.Tests;

public sealed class SpeechProvidersTests
{
    private readonly SpeechProviders _providers = SpeechProviders.Local();

    [Fact]
    public void Every_local_provider_is_found_by_its_name()
    {
        Assert.Equal("pocketsphinx", _providers.SpeechToText("pocketsphinx").Provider);
        Assert.Equal("flite", _providers.TextToSpeech("Flite").Provider);
        Assert.Equal("espeak-ng", _providers.TextToSpeech("espeak-ng").Provider);
        Assert.Equal("scripted", _providers.LanguageModel("scripted").Provider);
        Assert.Empty(_providers.Missing());
        _providers.WarmUp();
    }

    [Fact]
    public void A_provider_that_does_not_exist_is_named_with_those_that_do()
    {
        var error = Assert.Throws<UnknownSpeechProviderException>(() => _providers.TextToSpeech("polly"));

        Assert.Equal("There is no text-to-speech provider \"polly\". There are: flite, espeak-ng, scripted.", error.Message);
    }

    [Fact]
    public async Task An_engine_that_is_not_installed_says_what_to_install()
    {
        var recogniser = new PocketsphinxSpeechToText(new PocketsphinxOptions { AcousticModel = "/nowhere/en-us" });

        var error = await Assert.ThrowsAsync<SpeechEngineMissingException>(() => recogniser.OpenAsync(SpeechSettings.Default, CancellationToken.None));

        const string Sentence = "The speech engine pocketsphinx is not installed: /nowhere/en-us is missing. "
            + "On Debian: apt-get install libpocketsphinx3 libsphinxbase3 pocketsphinx-en-us";
        Assert.Equal(Sentence, error.Message);
        Assert.Equal([Sentence], new SpeechProviders([recogniser], [], [new FliteTextToSpeech()]).Missing());
    }

    [Fact]
    public void A_library_that_is_not_there_is_named() =>
        Assert.Contains("libnowhere.so.7", NativeLibraries.Missing("nowhere", "libnowhere7", "libflite.so.1", "libnowhere.so.7")!.Message);

    [Fact]
    public void Settings_do_not_print_their_key()
    {
        var settings = new SpeechSettings(new Dictionary<string, string> { ["voice"] = "slt" }, apiKey: "secret");

        Assert.DoesNotContain("secret", $"{settings}");
        Assert.Equal(("slt", "en"), (settings.Get("voice", "rms"), settings.Get("language", "en")));
    }
}
