using System.Collections.Concurrent;

namespace Rapida.ServiceDefaults.Resilience;

/// <summary>
/// One question about a key at a time: whoever asks while it is under way gets its answer, or its failure. When what was remembered runs out under
/// load, a peer is asked once and not by every request at that moment.
/// </summary>
public sealed class SingleFlight<TKey, TAnswer>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Lazy<Task<TAnswer>>> _flights = new();

    /// <param name="key">What is asked about.</param>
    /// <param name="ask">Asks. Whoever waits may give up; the question goes on for the others, so that it needs a limit of its own.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<TAnswer> AskAsync(TKey key, Func<Task<TAnswer>> ask, CancellationToken cancellationToken) =>
        _flights.GetOrAdd(key, static (key, flight) => new(() => flight.This.FlyAsync(key, flight.Ask)), (This: this, Ask: ask))
            .Value.WaitAsync(cancellationToken);

    private async Task<TAnswer> FlyAsync(TKey key, Func<Task<TAnswer>> ask)
    {
        try
        {
            return await ask();
        }
        finally
        {
            _flights.TryRemove(key, out _);
        }
    }
}
