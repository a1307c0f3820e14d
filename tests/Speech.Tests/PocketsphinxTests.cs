using Rapida.Speech;
using Rapida.Speech.EspeakNg;
using Rapida.Speech.Flite;
using Rapida.Speech.Pocketsphinx;

namespace Speech.Tests;

public sealed class PocketsphinxTests : IAsyncLifetime
{
    private static readonly PocketsphinxSpeechToText Recogniser = new();
    private ISpeechToTextSession _session = null!;

    public async Task InitializeAsync() => _session = await Recogniser.OpenAsync(SpeechSettings.Default, CancellationToken.None);

    public async Task DisposeAsync() => await _session.DisposeAsync();

    [Theory]
    [InlineData("Friday at nine fifteen.", RecognitionHint.DayAndTime, "friday at nine fifteen")]
    [InlineData("five five five, one two three four", RecognitionHint.Digits, "five five five one two three four")]
    [InlineData("yes", RecognitionHint.YesOrNo, "yes")]
    [InlineData("Can you repeat that?", RecognitionHint.Anything, "can you repeat that")]
    public async Task A_caller_is_understood_over_the_telephone(string said, RecognitionHint hint, string understood)
    {
        var sound = await Telephone.SayAsync(new FliteTextToSpeech(), said);

        Assert.Equal(understood, (await Telephone.ListenAsync(_session, sound, hint)).Text);
    }

    [Fact]
    public async Task Another_voice_is_understood_too()
    {
        var sound = await Telephone.SayAsync(new EspeakNgTextToSpeech(), "monday at ten thirty");

        Assert.Equal("monday at ten thirty", (await Telephone.ListenAsync(_session, sound, RecognitionHint.DayAndTime)).Text);
    }

    [Fact]
    public async Task Silence_is_no_words() =>
        Assert.Equal("", (await Telephone.ListenAsync(_session, new short[8_000])).Text);

    [Fact]
    public async Task An_utterance_that_was_not_finished_is_dropped()
    {
        var sound = await Telephone.SayAsync(new FliteTextToSpeech(), "yes please");
        _session.StartUtterance(RecognitionHint.Anything);
        _session.Push(new short[3_200]);

        Assert.Equal("yes please", (await Telephone.ListenAsync(_session, sound, RecognitionHint.YesOrNo)).Text);
    }

    [Fact]
    public async Task Outside_an_utterance_sound_is_ignored()
    {
        _session.Push(new short[320]);

        Assert.Equal(Transcript.Nothing, await _session.FinishUtteranceAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_model_that_can_not_be_loaded_is_an_error_and_not_a_crash()
    {
        var broken = new PocketsphinxSpeechToText(new PocketsphinxOptions { LanguageModel = "/nowhere" });

        await Assert.ThrowsAsync<SpeechProviderException>(() => broken.OpenAsync(SpeechSettings.Default, CancellationToken.None));
    }

    [Theory]
    [InlineData("to(3) <sil> nine", "to nine")]
    [InlineData("[NOISE] ++UH++ yes", "yes")]
    [InlineData(null, "")]
    public void Marks_of_the_decoder_are_not_words(string? hypothesis, string words) => Assert.Equal(words, PocketsphinxText.Clean(hypothesis));
}
