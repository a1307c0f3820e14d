using System.Threading.Channels;
using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Settings;
using Rapida.Speech;

namespace Rapida.MediaRelay.Pipeline;

/// <summary>The model's tokens become sentences, the sentences become speech: all at once, each as early as it can.</summary>
internal sealed class AnswerPipeline(SpeechProviders providers, CallSettings settings, Voice voice, Patience patience)
{
    /// <summary>What the model may call.</summary>
    public static IReadOnlyList<ToolDefinition> Tools { get; } = [ToolDefinition.EndCall];

    private readonly SpeechSettings _speech = settings.LanguageModel.ToSpeechSettings();

    /// <summary>Lets the model answer the conversation.</summary>
    /// <param name="turn">What is said.</param>
    /// <param name="conversation">Oldest message first.</param>
    /// <param name="onToken">Told of all that is not text, in order.</param>
    /// <param name="cancellationToken">The caller interrupts, or the call ends.</param>
    /// <exception cref="SpeechProviderException">The model or the voice failed.</exception>
    public async Task AnswerAsync(
        AssistantTurn turn, IReadOnlyList<ChatMessage> conversation, Action<LanguageModelToken> onToken, CancellationToken cancellationToken)
    {
        // A few sentences at most: a model's answer to a caller is short, and ends.
        var sentences = Channel.CreateUnbounded<string>();
        var speaking = voice.SpeakAsync(turn, sentences.Reader.ReadAllAsync(cancellationToken), cancellationToken);
        try
        {
            await ThinkAsync(turn, conversation, sentences.Writer, onToken, cancellationToken);
            sentences.Writer.Complete();
        }
        catch (Exception exception)
        {
            sentences.Writer.Complete(exception);
        }

        await speaking;
    }

    /// <summary>Says what is known beforehand.</summary>
    /// <exception cref="SpeechProviderException">The voice failed.</exception>
    public Task SayAsync(AssistantTurn turn, string text, CancellationToken cancellationToken)
    {
        var splitter = new SentenceSplitter();
        string[] sentences = [.. splitter.Push(text), .. splitter.Finish() is { } last ? [last] : Array.Empty<string>()];
        return voice.SpeakAsync(turn, sentences.ToAsyncEnumerable(), cancellationToken);
    }

    private async Task ThinkAsync(
        AssistantTurn turn, IReadOnlyList<ChatMessage> conversation, ChannelWriter<string> sentences, Action<LanguageModelToken> onToken,
        CancellationToken cancellationToken)
    {
        var splitter = new SentenceSplitter(startsEarly: true);
        await foreach (var token in patience.WaitForEachAsync(Ask(conversation, cancellationToken), settings.LanguageModel.Name, cancellationToken))
        {
            if (token is not LanguageModelToken.Text text)
            {
                onToken(token);
                continue;
            }

            turn.Waterfall.Reached(WaterfallStage.FirstToken);
            foreach (var sentence in splitter.Push(text.Value))
                sentences.TryWrite(sentence);
        }

        if (splitter.Finish() is { } last)
            sentences.TryWrite(last);
    }

    private IAsyncEnumerable<LanguageModelToken> Ask(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellationToken)
    {
        var request = new LanguageModelRequest(_speech.Get("model", ""), settings.Prompt, conversation)
        {
            Variables = settings.Arguments,
            Tools = Tools,
            Settings = _speech,
        };
        return providers.LanguageModel(settings.LanguageModel.Name).RespondAsync(request, cancellationToken);
    }
}
