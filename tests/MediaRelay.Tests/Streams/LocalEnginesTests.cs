using Rapida.Audio;
using Rapida.Conversations.V1;
using Rapida.Deployments.V1;
using Rapida.MediaRelay.Tests.Peers;
using Rapida.Speech;
using Rapida.Speech.Flite;

namespace Rapida.MediaRelay.Tests.Streams;

/// <summary>A whole call with the engines that need no key: a synthetic caller is understood and answered aloud.</summary>
public sealed class LocalEnginesTests
{
    private const string Script = """
        {
          "slots": [ { "name": "day", "kind": "day", "ask": "What day?", "retry": "What day?", "keypad": "What day?" } ],
          "confirm": "{{day}}?", "confirmRetry": "{{day}}?", "change": "What else?", "goodbye": "Goodbye.", "farewell": "Goodbye.", "giveUp": "Goodbye."
        }
        """;

    [Fact]
    public async Task A_caller_is_understood_and_answered_on_this_machine_alone()
    {
        await using var relay = await RelayUnderTest.StartAsync(SpeechProviders.Local());
        var settings = relay.Calls.Settings;
        settings.LanguageModel = new Provider { Name = "scripted" };
        settings.Prompt = Script;
        settings.SpeechToText = new Provider { Name = "pocketsphinx" };
        settings.TextToSpeech = new Provider { Name = "flite" };
        settings.Experience.Greeting = "";
        await using var twilio = await relay.CallAsync();
        await twilio.HearAsync(500);
        await twilio.HearQuietAsync(800);

        twilio.Say(await SpeechOfAsync("On Monday please."));
        await twilio.HearQuietAsync(800);
        await relay.Recording.WaitForAsync(entries => entries.Any(entry => entry.Collected is not null) && Turns(entries).Count() >= 3);
        await twilio.HangUpAsync();

        var journal = await relay.Recording.WaitForEndAsync();
        Assert.Equal([Speaker.Assistant, Speaker.Caller, Speaker.Assistant], Turns(journal).Take(3).Select(turn => turn.Speaker));
        Assert.Contains(journal, entry => entry.Collected is { Name: "day", Value: "monday" });
    }

    private static IEnumerable<Turn> Turns(IEnumerable<JournalEntry> journal) => journal.Select(entry => entry.Turn).OfType<Turn>();

    private static async Task<List<byte[]>> SpeechOfAsync(string text)
    {
        var frames = new List<byte[]>();
        var voice = new SpeechSettings(new Dictionary<string, string> { ["voice"] = "rms" });
        await foreach (var chunk in new FliteTextToSpeech().SynthesizeAsync(text, voice, CancellationToken.None))
        {
            var resampler = new Resampler(chunk.SampleRate, 8_000);
            var samples = new short[resampler.OutputLength(chunk.Samples.Length)];
            resampler.Resample(chunk.Samples.Span, samples);
            var mulaw = new byte[(samples.Length + 159) / 160 * 160];
            Array.Fill(mulaw, Mulaw.Silence);
            Mulaw.Encode(samples, mulaw);
            frames.AddRange(mulaw.Chunk(160));
        }

        return frames;
    }
}
