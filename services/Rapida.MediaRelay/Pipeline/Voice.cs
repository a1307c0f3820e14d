using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Settings;
using Rapida.Speech;

namespace Rapida.MediaRelay.Pipeline;

/// <summary>Speaks the sentences of a turn: synthesised one after the other, ahead of what the caller hears.</summary>
internal sealed class Voice(SpeechProviders providers, ProviderSettings settings, PlayoutQueue playout, Patience patience)
{
    private readonly SpeechSettings _speech = settings.ToSpeechSettings();

    /// <summary>Speaks all of <paramref name="sentences"/>, as they come, and ends the turn.</summary>
    /// <exception cref="SpeechProviderException">The voice failed.</exception>
    public async Task SpeakAsync(AssistantTurn turn, IAsyncEnumerable<string> sentences, CancellationToken cancellationToken)
    {
        var engine = providers.TextToSpeech(settings.Name);
        var encoder = new SpeechEncoder();
        await foreach (var text in sentences.WithCancellation(cancellationToken))
        {
            foreach (var silent in encoder.TakePause())
                await PlayAsync(turn.Pause, silent, cancellationToken);
            var sentence = turn.Begin(text);
            var chunks = patience.WaitForEachAsync(engine.SynthesizeAsync(text, _speech, cancellationToken), settings.Name, cancellationToken);
            await foreach (var chunk in chunks)
                foreach (var frame in encoder.Encode(chunk))
                    await PlayAsync(sentence, frame, cancellationToken);
            if (encoder.Flush() is { } last)
                await PlayAsync(sentence, last, cancellationToken);
            sentence.Complete();
        }

        turn.Planned();
        await playout.WriteAsync(new SpeechFrame { Turn = turn }, cancellationToken);
    }

    private ValueTask PlayAsync(Sentence sentence, MulawFrame audio, CancellationToken cancellationToken)
    {
        sentence.Add(MulawFrame.Size);
        return playout.WriteAsync(new SpeechFrame { Audio = audio, Sentence = sentence, Turn = sentence.Turn }, cancellationToken);
    }
}
