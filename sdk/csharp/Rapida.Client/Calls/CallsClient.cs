using System.Globalization;
using System.Text.Json;
using Rapida.Client.Http;

namespace Rapida.Client;

/// <summary>Places calls, looks at them, ends them.</summary>
public sealed class CallsClient
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private readonly Transport _transport;
    private readonly TimeProvider _clock;

    internal CallsClient(Transport transport, TimeProvider clock) => (_transport, _clock) = (transport, clock);

    /// <summary>Queues a call, and returns before anybody is rung.</summary>
    public Task<Call> CreateAsync(CreateCall call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        var key = call.IdempotencyKey ?? Guid.NewGuid().ToString("N");
        if (key.Length is 0 or > 100 || key.Any(letter => letter is < '!' or > '~'))
            throw new ArgumentException("An idempotency key has 1 to 100 visible ASCII characters.", nameof(call));
        var body = JsonSerializer.SerializeToUtf8Bytes(call, RapidaJson.Default.CreateCall);
        return _transport.SendAsync(new Request(HttpMethod.Post, "/v1/calls", body, key), RapidaJson.Default.Call, cancellationToken);
    }

    public Task<Call> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.GetAsync(PathOf(id), RapidaJson.Default.Call, cancellationToken);

    /// <summary>Newest first, those in progress too. A page is asked for when the one before is used up.</summary>
    public IAsyncEnumerable<Call> ListAsync(CallFilter? filter = null, CancellationToken cancellationToken = default) =>
        Listing.EachAsync((pageToken, token) => ListPageAsync(filter, pageToken, token), cancellationToken);

    /// <summary>One page of the same, for who shows them to people.</summary>
    public async Task<Page<Call>> ListPageAsync(CallFilter? filter = null, string? pageToken = null, CancellationToken cancellationToken = default)
    {
        var path = Address.WithQuery(
            "/v1/calls",
            ("status", filter?.Status),
            ("direction", filter?.Direction),
            ("assistant_id", filter?.AssistantId),
            ("provider_call_id", filter?.ProviderCallId),
            ("to", filter?.To),
            ("from", filter?.From),
            ("created_after", filter?.CreatedAfter?.ToString("O", CultureInfo.InvariantCulture)),
            ("created_before", filter?.CreatedBefore?.ToString("O", CultureInfo.InvariantCulture)),
            ("page_size", filter?.PageSize?.ToString(CultureInfo.InvariantCulture)),
            ("page_token", pageToken));
        var page = await _transport.GetAsync(path, RapidaJson.Default.CallPage, cancellationToken).ConfigureAwait(false);
        return new(page.Calls, page.NextPageToken);
    }

    /// <summary>What happened to a call, oldest first.</summary>
    public async Task<IReadOnlyList<CallEvent>> EventsAsync(string id, CancellationToken cancellationToken = default) =>
        (await _transport.GetAsync($"{PathOf(id)}/events", RapidaJson.Default.CallEvents, cancellationToken).ConfigureAwait(false)).Events;

    /// <summary>Takes a call back that nobody has answered yet. Refused with the code <c>call_answered</c> if somebody has.</summary>
    public Task<Call> CancelAsync(string id, CancellationToken cancellationToken = default) =>
        EndAsync($"{PathOf(id)}/cancel", cancellationToken);

    /// <summary>Ends a call. The answer comes before the line is down.</summary>
    public Task<Call> HangUpAsync(string id, CancellationToken cancellationToken = default) =>
        EndAsync($"{PathOf(id)}/hangup", cancellationToken);

    /// <summary>Asks every second until the call is over.</summary>
    /// <exception cref="TimeoutException">It was not over in this time; it goes on.</exception>
    public async Task<Call> WaitAsync(string id, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var began = _clock.GetTimestamp();
        while (true)
        {
            var call = await GetAsync(id, cancellationToken).ConfigureAwait(false);
            if (call.IsOver)
                return call;
            var left = timeout - _clock.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
                throw new TimeoutException($"The call {id} was still {call.Status} after {timeout.TotalSeconds:0.###} s.");
            await Task.Delay(left < BetweenLooks ? left : BetweenLooks, _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    // A call that has ended stays as it is: to be told twice does no harm.
    private Task<Call> EndAsync(string path, CancellationToken cancellationToken) =>
        _transport.SendAsync(new Request(HttpMethod.Post, path) { IsRepeatable = true }, RapidaJson.Default.Call, cancellationToken);

    private static string PathOf(string id) => $"/v1/calls/{Address.Segment(id)}";
}
