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

    /// <summary>All of them, those that were revoked or have expired too.</summary>
    public IAsyncEnumerable<ApiKey> ListAsync(CancellationToken cancellationToken = default) => Listing.EachAsync(
        _transport,
        pageToken => Address.WithQuery("/v1/api-keys", ("page_token", pageToken)),
        RapidaJson.Default.ApiKeyList,
        list => new Page<ApiKey>(list.ApiKeys, list.NextPageToken),
        cancellationToken);

    /// <summary>It is refused everywhere within 2 seconds, for good.</summary>
    /// <param name="id">The key's id, which is not the key.</param>
    public Task<ApiKey> RevokeAsync(string id, CancellationToken cancellationToken = default)
    {
        var request = new Request(HttpMethod.Delete, $"/v1/api-keys/{Address.Segment(id)}") { IsRepeatable = true };
        return _transport.SendAsync(request, RapidaJson.Default.ApiKey, cancellationToken);
    }
}
