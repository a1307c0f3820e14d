using Rapida.Audio;
using Rapida.Speech;
using Rapida.Speech.EspeakNg;
using Rapida.Speech.Flite;

namespace Speech.Tests;

public sealed class VoiceTests
{
    public static TheoryData<ITextToSpeech> Voices => [new FliteTextToSpeech(), new EspeakNgTextToSpeech()];

    [Theory]
    [MemberData(nameof(Voices))]
    public async Task A_sentence_takes_as_long_as_a_person_would(ITextToSpeech voice)
    {
        var sound = await Telephone.SayAsync(voice, "At what time would you like to come on Monday?");

        Assert.InRange(sound.Length / 8_000.0, 1.5, 4.5);
        Assert.InRange(Loudness.Of(sound), -32, -10);
    }

    [Theory]
    [MemberData(nameof(Voices))]
    public async Task Nothing_to_say_is_no_sound(ITextToSpeech voice) => Assert.Empty(await Telephone.SayAsync(voice, " "));

    [Theory]
    [MemberData(nameof(Voices))]
    public async Task Many_calls_speak_at_once(ITextToSpeech voice)
    {
        var alone = await Telephone.SayAsync(voice, "Thank you for calling.");

        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Telephone.SayAsync(voice, "Thank you for calling.")));

        // Not the same samples: flite excites its filter with random noise.
        Assert.All(together, sound => Assert.Equal(alone.Length, sound.Length));
    }

    [Fact]
    public async Task A_voice_that_flite_lacks_is_named() =>
        Assert.Contains("\"alice\"", (await Assert.ThrowsAsync<SpeechProviderException>(() =>
            Telephone.SayAsync(new FliteTextToSpeech(), "Hello.", new SpeechSettings(new Dictionary<string, string> { ["voice"] = "alice" })))).Message);
}
