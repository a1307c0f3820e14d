using System.Runtime.CompilerServices;
using Rapida.Speech;

namespace Rapida.MediaRelay.Replay;

/// <summary>Engines that never say anything: what they once said is in the journal.</summary>
internal sealed class SilentEngines : ISpeechToText, ILanguageModel, ITextToSpeech
{
    public const string Name = "silent";

    private SilentEngines()
    {
    }

    public static SpeechProviders Providers { get; } = new([new SilentEngines()], [new SilentEngines()], [new SilentEngines()]);

    public string Provider => Name;

    public Task<ISpeechToTextSession> OpenAsync(SpeechSettings settings, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A replay listens to the journal.");

    public IAsyncEnumerable<LanguageModelToken> RespondAsync(LanguageModelRequest request, CancellationToken cancellationToken) =>
        NothingAsync<LanguageModelToken>(cancellationToken);

    public IAsyncEnumerable<SpeechChunk> SynthesizeAsync(string text, SpeechSettings settings, CancellationToken cancellationToken) =>
        NothingAsync<SpeechChunk>(cancellationToken);

    private static async IAsyncEnumerable<T> NothingAsync<T>([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield break;
    }
}
