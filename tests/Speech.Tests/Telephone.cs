using Rapida.Audio;
using Rapida.Speech;

namespace Speech.Tests;

/// <summary>A voice at the other end of a telephone line.</summary>
internal static class Telephone
{
    /// <summary>Speaks a sentence, as the telephone network hands it over: mu-law, decoded again, 8 kHz.</summary>
    public static async Task<short[]> SayAsync(ITextToSpeech voice, string text, SpeechSettings? settings = null)
    {
        List<short> samples = [];
        await foreach (var chunk in voice.SynthesizeAsync(text, settings ?? SpeechSettings.Default, CancellationToken.None))
            samples.AddRange(new WavAudio(chunk.SampleRate, 1, chunk.Samples).ToMono(8_000).Samples.Span);
        return samples.Select(sample => Mulaw.Decode(Mulaw.Encode(sample))).ToArray();
    }

    /// <summary>What a session understands of 8 kHz sound that comes in frames of 20 ms.</summary>
    public static async Task<Transcript> ListenAsync(ISpeechToTextSession session, short[] narrow, RecognitionHint hint = RecognitionHint.Anything)
    {
        var resampler = new Resampler(8_000, session.SampleRate);
        var wide = new short[320];
        session.StartUtterance(hint);
        foreach (var frame in Padded(narrow).Chunk(160))
            session.Push(wide.AsSpan(0, resampler.Resample(frame, wide)));
        return await session.FinishUtteranceAsync(CancellationToken.None);
    }

    private static short[] Padded(short[] samples) => [.. new short[2_400], .. samples, .. new short[4_000]];
}
