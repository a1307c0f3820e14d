using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Memory;
using Rapida.MediaRelay.Settings;
using Rapida.Speech;

namespace Rapida.MediaRelay.Pipeline;

/// <summary>Greetings, idle prompts, apologies: the same words in the same voice are synthesised once, and kept in memory while they are used.</summary>
internal sealed class FixedPrompts : IDisposable
{
    private const long MostBytes = 64_000_000;
    private static readonly TimeSpan UnusedFor = TimeSpan.FromHours(1);
    private readonly MemoryCache _spoken = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    /// <param name="engine">The voice.</param>
    /// <param name="assistantId">Nothing is shared between assistants, and so between tenants.</param>
    /// <param name="settings">The voice's settings.</param>
    /// <param name="text">A sentence.</param>
    /// <param name="cancellationToken">Nobody listens any more.</param>
    public async IAsyncEnumerable<SpeechChunk> SpeakAsync(
        ITextToSpeech engine, string assistantId, ProviderSettings settings, string text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var key = (assistantId, settings.Name, string.Join('\n', settings.Options.Order().Select(option => $"{option.Key}={option.Value}")), text);
        if (_spoken.TryGetValue(key, out IReadOnlyList<SpeechChunk>? known))
        {
            foreach (var chunk in known!)
                yield return chunk;
            yield break;
        }

        var chunks = new List<SpeechChunk>();
        await foreach (var chunk in engine.SynthesizeAsync(text, settings.ToSpeechSettings(), cancellationToken))
        {
            chunks.Add(chunk);
            yield return chunk;
        }

        _spoken.Set(key, (IReadOnlyList<SpeechChunk>)chunks, new MemoryCacheEntryOptions
        {
            Size = chunks.Sum(chunk => chunk.Samples.Length * (long)sizeof(short)),
            SlidingExpiration = UnusedFor,
        });
    }

    public void Dispose() => _spoken.Dispose();
}
