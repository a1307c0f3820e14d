using System.Text.Json;
using Rapida.Client.Http;

namespace Rapida.Client;

/// <summary>Makes and revokes keys of the project.</summary>
public sealed class ApiKeysClient
{
    private readonly Transport _transport;

    internal ApiKeysClient(Transport transport) => _transport = transport;

    public Task<NewApiKey> CreateAsync(CreateApiKey key, CancellationToken cancellationToken = default)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(key, RapidaJson.Default.CreateApiKey);
        return _transport.SendAsync(new Request(HttpMethod.Post, "/v1/api-keys", body), RapidaJson.Default.NewApiKey, cancellationToken);
    }

    /// <summary>All of them, those that were revoked or have expired too. A page is asked for when the one before is used up.</summary>
    /// <param name="pageSize">How many are asked for at once: 1 to 100.</param>
    public IAsyncEnumerable<ApiKey> ListAsync(int? pageSize = null, CancellationToken cancellationToken = default) =>
        Listing.EachAsync((pageToken, token) => ListPageAsync(pageSize, pageToken, token), cancellationToken);

    /// <summary>One page of the same, for who shows them to people.</summary>
    public async Task<Page<ApiKey>> ListPageAsync(
        int? pageSize = null, string? pageToken = null, CancellationToken cancellationToken = default)
    {
        var path = Address.OfPage("/v1/api-keys", pageSize, pageToken);
        var page = await _transport.GetAsync(path, RapidaJson.Default.ApiKeyList, cancellationToken).ConfigureAwait(false);
        return new(page.ApiKeys, page.NextPageToken);
    }

    /// <summary>It is refused everywhere within 2 seconds, for good.</summary>
    /// <param name="id">The key's id, which is not the key.</param>
    public Task<ApiKey> RevokeAsync(string id, CancellationToken cancellationToken = default)
    {
        var request = new Request(HttpMethod.Delete, $"/v1/api-keys/{Address.Segment(id)}") { IsRepeatable = true };
        return _transport.SendAsync(request, RapidaJson.Default.ApiKey, cancellationToken);
    }
}
