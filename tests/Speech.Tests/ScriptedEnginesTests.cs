using Rapida.Speech;
using Rapida.Speech.Scripted;

namespace Speech.Tests;

public sealed class ScriptedEnginesTests
{
    [Fact]
    public async Task The_recogniser_hears_one_line_for_each_utterance_and_then_nothing()
    {
        var settings = new SpeechSettings(new Dictionary<string, string> { ["hears"] = "friday at nine | one" });
        await using var session = await new ScriptedSpeechToText().OpenAsync(settings, CancellationToken.None);

        Assert.Equal("friday at nine", await HearAsync(session, milliseconds: 1_000));
        Assert.Equal("one", await HearAsync(session, milliseconds: 1_000));
        Assert.Equal("", await HearAsync(session, milliseconds: 1_000));
    }

    [Fact]
    public async Task What_is_too_short_for_words_costs_no_line()
    {
        await using var session = await new ScriptedSpeechToText().OpenAsync(
            new(new Dictionary<string, string> { ["hears"] = "one" }), CancellationToken.None);

        Assert.Equal("", await HearAsync(session, milliseconds: 500));
        Assert.Equal("one", await HearAsync(session, milliseconds: 1_000));
    }

    [Fact]
    public async Task The_voice_speaks_60_ms_for_each_letter()
    {
        var samples = 0;
        await foreach (var chunk in new ScriptedTextToSpeech().SynthesizeAsync("Good day", SpeechSettings.Default, CancellationToken.None))
            samples += chunk.Samples.Length;

        Assert.Equal(8 * 480, samples);
    }

    private static async Task<string> HearAsync(ISpeechToTextSession session, int milliseconds)
    {
        session.StartUtterance(RecognitionHint.Anything);
        session.Push(new short[session.SampleRate * milliseconds / 1_000]);
        return (await session.FinishUtteranceAsync(CancellationToken.None)).Text;
    }
}
