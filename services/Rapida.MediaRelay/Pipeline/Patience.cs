using System.Runtime.CompilerServices;
using Rapida.Speech;

namespace Rapida.MediaRelay.Pipeline;

/// <summary>How long a provider may be silent.</summary>
internal sealed class Patience(TimeSpan limit, TimeProvider clock)
{
    /// <summary>Waits for one answer.</summary>
    /// <exception cref="SpeechProviderException">It does not come.</exception>
    public async Task<T> WaitForAsync<T>(Task<T> answer, string provider, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.WaitAsync(limit, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw Silent(provider);
        }
    }

    /// <summary>Passes on what comes. Only the waiting counts, not what is done with it.</summary>
    /// <exception cref="SpeechProviderException">Nothing has come for too long.</exception>
    public async IAsyncEnumerable<T> WaitForEachAsync<T>(
        IAsyncEnumerable<T> source, string provider, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        await using var items = source.GetAsyncEnumerator(either.Token);
        while (true)
        {
            timeout.CancelAfter(limit);
            try
            {
                if (!await items.MoveNextAsync())
                    yield break;
            }
            catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw Silent(provider);
            }

            timeout.CancelAfter(Timeout.InfiniteTimeSpan);
            yield return items.Current;
        }
    }

    private SpeechProviderException Silent(string provider) => new($"{provider} has been silent for {limit.TotalSeconds} s.");
}
