using System.Text;
using System.Threading.Channels;
using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Settings;
using Rapida.MediaRelay.Tools;
using Rapida.Speech;

namespace Rapida.MediaRelay.Pipeline;

/// <summary>The model's tokens become sentences, the sentences become speech: all at once, each as early as it can.</summary>
internal sealed class AnswerPipeline(SpeechProviders providers, CallSettings settings, ToolBox tools, Voice voice, Patience patience)
{
    private readonly SpeechSettings _speech = settings.LanguageModel.ToSpeechSettings();

    /// <summary>Lets the model answer the conversation. When it calls tools the turn stays open for what it says after them.</summary>
    /// <param name="turn">What is said.</param>
    /// <param name="conversation">Oldest message first.</param>
    /// <param name="onToken">Told of all that is neither text nor a tool to call, in order.</param>
    /// <param name="onCalls">Told once of what was said before, and of the tools to call, if there are any.</param>
    /// <param name="cancellationToken">The caller interrupts, or the call ends.</param>
    /// <exception cref="SpeechProviderException">The model or the voice failed.</exception>
    public async Task AnswerAsync(
        AssistantTurn turn, IReadOnlyList<ChatMessage> conversation, Action<LanguageModelToken> onToken,
        Action<string, IReadOnlyList<LanguageModelToken.ToolCall>> onCalls, CancellationToken cancellationToken)
    {
        // A few sentences at most: a model's answer to a caller is short, and ends.
        var sentences = Channel.CreateUnbounded<string>();
        var speaking = voice.SpeakAsync(turn, sentences.Reader.ReadAllAsync(cancellationToken), cancellationToken);
        var calls = new List<LanguageModelToken.ToolCall>();
        try
        {
            var said = await ThinkAsync(turn, conversation, sentences.Writer, onToken, calls, cancellationToken);
            sentences.Writer.Complete();
            if (calls.Count > 0)
                onCalls(said, calls);
        }
        catch (Exception exception)
        {
            sentences.Writer.Complete(exception);
        }

        await speaking;
        if (calls.Count == 0)
            await voice.EndAsync(turn, cancellationToken);
    }

    /// <summary>Says what is known beforehand.</summary>
    /// <exception cref="SpeechProviderException">The voice failed.</exception>
    public async Task SayAsync(AssistantTurn turn, string text, CancellationToken cancellationToken)
    {
        var splitter = new SentenceSplitter();
        string[] sentences = [.. splitter.Push(text), .. splitter.Finish() is { } last ? [last] : Array.Empty<string>()];
        await voice.SpeakAsync(turn, sentences.ToAsyncEnumerable(), cancellationToken);
        await voice.EndAsync(turn, cancellationToken);
    }

    /// <summary>Nothing more is said in this turn.</summary>
    public async Task EndAsync(AssistantTurn turn, CancellationToken cancellationToken) => await voice.EndAsync(turn, cancellationToken);

    private async Task<string> ThinkAsync(
        AssistantTurn turn, IReadOnlyList<ChatMessage> conversation, ChannelWriter<string> sentences, Action<LanguageModelToken> onToken,
        List<LanguageModelToken.ToolCall> calls, CancellationToken cancellationToken)
    {
        var said = new StringBuilder();
        var splitter = new SentenceSplitter(startsEarly: true);
        var tokens = Ask(turn, conversation, cancellationToken);
        await foreach (var token in patience.WaitForEachAsync(tokens, settings.LanguageModel.Name, cancellationToken))
        {
            switch (token)
            {
                case LanguageModelToken.Text text:
                    turn.Waterfall.Reached(WaterfallStage.FirstToken);
                    said.Append(text.Value);
                    foreach (var sentence in splitter.Push(text.Value))
                        sentences.TryWrite(sentence);
                    break;
                case LanguageModelToken.ToolCall call:
                    calls.Add(call);
                    break;
                default:
                    onToken(token);
                    break;
            }
        }

        if (splitter.Finish() is { } last)
            sentences.TryWrite(last);
        return said.ToString().Trim();
    }

    private IAsyncEnumerable<LanguageModelToken> Ask(AssistantTurn turn, IReadOnlyList<ChatMessage> conversation, CancellationToken cancellationToken)
    {
        var request = new LanguageModelRequest(_speech.Get("model", ""), settings.Prompt, conversation)
        {
            Variables = settings.Arguments,
            Tools = turn.Tools.IsAllowed ? tools.Definitions : [],
            Settings = _speech,
        };
        return providers.LanguageModel(settings.LanguageModel.Name).RespondAsync(request, cancellationToken);
    }
}
