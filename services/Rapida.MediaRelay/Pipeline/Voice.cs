using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Settings;
using Rapida.Speech;

namespace Rapida.MediaRelay.Pipeline;

/// <summary>Speaks the sentences of a turn: synthesised one after the other, ahead of what the caller hears.</summary>
internal sealed class Voice(SpeechProviders providers, FixedPrompts prompts, CallSettings settings, PlayoutQueue playout, Patience patience)
{
    private readonly ProviderSettings _voice = settings.TextToSpeech;
    private readonly SpeechSettings _speech = settings.TextToSpeech.ToSpeechSettings();

    /// <summary>Speaks all of <paramref name="sentences"/>, as they come.</summary>
    /// <exception cref="SpeechProviderException">The voice failed.</exception>
    public async Task SpeakAsync(AssistantTurn turn, IAsyncEnumerable<string> sentences, CancellationToken cancellationToken)
    {
        var engine = providers.TextToSpeech(_voice.Name);
        var encoder = new SpeechEncoder();
        await foreach (var text in sentences.WithCancellation(cancellationToken))
        {
            foreach (var silent in encoder.TakePause())
                await PlayAsync(turn.Pause, silent, cancellationToken);
            var sentence = turn.Begin(text);
            var speech = turn.IsAnswer
                ? engine.SynthesizeAsync(text, _speech, cancellationToken)
                : prompts.SpeakAsync(engine, settings.AssistantId, _voice, text, cancellationToken);
            await foreach (var chunk in patience.WaitForEachAsync(speech, _voice.Name, cancellationToken))
                foreach (var frame in encoder.Encode(chunk))
                    await PlayAsync(sentence, frame, cancellationToken);
            if (encoder.Flush() is { } last)
                await PlayAsync(sentence, last, cancellationToken);
            sentence.Complete();
        }
    }

    /// <summary>Nothing more is said in this turn.</summary>
    public ValueTask EndAsync(AssistantTurn turn, CancellationToken cancellationToken)
    {
        turn.Planned();
        return playout.WriteAsync(new SpeechFrame { Turn = turn }, cancellationToken);
    }

    private ValueTask PlayAsync(Sentence sentence, MulawFrame audio, CancellationToken cancellationToken)
    {
        sentence.Turn.Waterfall.Reached(WaterfallStage.FirstAudio);
        sentence.Add(MulawFrame.Size);
        return playout.WriteAsync(new SpeechFrame { Audio = audio, Sentence = sentence, Turn = sentence.Turn }, cancellationToken);
    }
}
