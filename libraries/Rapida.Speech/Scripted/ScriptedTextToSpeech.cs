using System.Runtime.CompilerServices;

namespace Rapida.Speech.Scripted;

/// <summary>A voice that hums: 60 ms for each letter, silent between words. For trying out dialogues and for load: it costs nothing.</summary>
public sealed class ScriptedTextToSpeech : ITextToSpeech
{
    private const int SampleRate = 8_000;
    private const int SamplesPerLetter = SampleRate * 60 / 1_000;

    // 200 Hz: its period fits into the letter, so that letters join without a click.
    private static readonly short[] Letter =
        [.. Enumerable.Range(0, SamplesPerLetter).Select(i => (short)(6_000 * Math.Sin(2 * Math.PI * 200 * i / SampleRate)))];

    private static readonly short[] Space = new short[SamplesPerLetter];

    public string Provider => "scripted";

    /// <inheritdoc/>
    public async IAsyncEnumerable<SpeechChunk> SynthesizeAsync(
        string text, SpeechSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var letter in text)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new SpeechChunk(char.IsLetterOrDigit(letter) ? Letter : Space, SampleRate);
        }

        await Task.CompletedTask;
    }
}
