using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Sessions;
using Rapida.MediaRelay.Settings;
using Rapida.Speech;

namespace Rapida.MediaRelay.Pipeline;

/// <summary>Speaks the sentences of a turn: synthesised one after the other, ahead of what the caller hears.</summary>
internal sealed class Voice(
    SpeechProviders providers, FixedPrompts prompts, CallSettings settings, PlayoutQueue playout, Patience patience, Action<SessionEvent> post)
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
            var sentence = new Sentence(turn, text);
            post(new SessionEvent.SentenceBegan(sentence));
            var speech = turn.IsAnswer
                ? engine.SynthesizeAsync(text, _speech, cancellationToken)
                : prompts.SpeakAsync(engine, settings.AssistantId, _voice, text, cancellationToken);
            await foreach (var chunk in patience.WaitForEachAsync(speech, _voice.Name, cancellationToken))
                await PlayAsync(sentence, encoder.Encode(chunk), cancellationToken);
            if (encoder.Flush() is { } last)
                await PlayAsync(sentence, [last], cancellationToken);
            post(new SessionEvent.SentenceEnded(sentence));
        }
    }

    /// <summary>Nothing more is said in this turn.</summary>
    public ValueTask EndAsync(AssistantTurn turn, CancellationToken cancellationToken)
    {
        post(new SessionEvent.TurnPlanned(turn));
        return playout.WriteAsync(new SpeechFrame { Turn = turn }, cancellationToken);
    }

    private async ValueTask PlayAsync(Sentence sentence, IReadOnlyList<EncodedFrame> frames, CancellationToken cancellationToken)
    {
        if (frames.Count == 0)
            return;

        // Before it can be heard: what is heard is counted against what there is.
        post(new SessionEvent.SentenceGrew(sentence, frames.Count * MulawFrame.Size));
        for (var i = 0; i < frames.Count; i++)
            await PlayAsync(sentence, frames[i], cancellationToken);
    }

    private ValueTask PlayAsync(Sentence sentence, EncodedFrame encoded, CancellationToken cancellationToken)
    {
        sentence.Turn.Waterfall.Reached(WaterfallStage.FirstAudio);
        var frame = new SpeechFrame { Audio = encoded.Mulaw, Sentence = sentence, Turn = sentence.Turn, IsAudible = encoded.IsAudible };
        return playout.WriteAsync(frame, cancellationToken);
    }
}
