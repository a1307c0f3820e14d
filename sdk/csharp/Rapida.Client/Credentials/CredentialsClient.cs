using System.Text.Json;
using Rapida.Client.Http;

namespace Rapida.Client;

/// <summary>Stores credentials of providers, changes and checks them.</summary>
public sealed class CredentialsClient
{
    private readonly Transport _transport;

    internal CredentialsClient(Transport transport) => _transport = transport;

    public Task<Credential> CreateAsync(CreateCredential credential, CancellationToken cancellationToken = default)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(credential, RapidaJson.Default.CreateCredential);
        return SendAsync(new(HttpMethod.Post, "/v1/credentials", body), cancellationToken);
    }

    public Task<Credential> GetAsync(string id, CancellationToken cancellationToken = default) =>
        SendAsync(Request.Get(PathOf(id)), cancellationToken);

    /// <summary>All of them. A page is asked for when the one before is used up.</summary>
    /// <param name="pageSize">How many are asked for at once: 1 to 100.</param>
    public IAsyncEnumerable<Credential> ListAsync(int? pageSize = null, CancellationToken cancellationToken = default) =>
        Listing.EachAsync((pageToken, token) => ListPageAsync(pageSize, pageToken, token), cancellationToken);

    /// <summary>One page of the same, for who shows them to people.</summary>
    public async Task<Page<Credential>> ListPageAsync(
        int? pageSize = null, string? pageToken = null, CancellationToken cancellationToken = default)
    {
        var path = Address.OfPage("/v1/credentials", pageSize, pageToken);
        var page = await _transport.GetAsync(path, RapidaJson.Default.CredentialList, cancellationToken).ConfigureAwait(false);
        return new(page.Credentials, page.NextPageToken);
    }

    /// <summary>Whatever uses it goes on: it is known by its id.</summary>
    public Task<Credential> RenameAsync(string id, string name, CancellationToken cancellationToken = default)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new(name), RapidaJson.Default.Named);
        return SendAsync(new(HttpMethod.Patch, PathOf(id), body) { IsRepeatable = true }, cancellationToken);
    }

    /// <summary>Replaces its secret. What comes in may be signed with the old one until the grace is over.</summary>
    public Task<Credential> RotateAsync(string id, RotateCredential rotation, CancellationToken cancellationToken = default)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(rotation, RapidaJson.Default.RotateCredential);
        // The same rotation again replaces nothing, says the API.
        return SendAsync(new(HttpMethod.Post, $"{PathOf(id)}/rotate", body) { IsRepeatable = true }, cancellationToken);
    }

    /// <summary>Asks the provider whether it takes the credential: see the status of the answer.</summary>
    public Task<Credential> VerifyAsync(string id, CancellationToken cancellationToken = default) =>
        SendAsync(new(HttpMethod.Post, $"{PathOf(id)}/verify") { IsRepeatable = true }, cancellationToken);

    /// <summary>Refused with the code <c>credential_in_use</c> while a live assistant uses it.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(new Request(HttpMethod.Delete, PathOf(id)), cancellationToken);

    /// <summary>Who had its secret, newest first. A page is asked for when the one before is used up.</summary>
    /// <param name="pageSize">How many are asked for at once: 1 to 100.</param>
    public IAsyncEnumerable<Lease> LeasesAsync(string id, int? pageSize = null, CancellationToken cancellationToken = default) =>
        Listing.EachAsync((pageToken, token) => LeasesPageAsync(id, pageSize, pageToken, token), cancellationToken);

    /// <summary>One page of the same, for who shows them to people.</summary>
    public async Task<Page<Lease>> LeasesPageAsync(
        string id, int? pageSize = null, string? pageToken = null, CancellationToken cancellationToken = default)
    {
        var path = Address.OfPage($"{PathOf(id)}/leases", pageSize, pageToken);
        var page = await _transport.GetAsync(path, RapidaJson.Default.LeasePage, cancellationToken).ConfigureAwait(false);
        return new(page.Leases, page.NextPageToken);
    }

    private Task<Credential> SendAsync(Request request, CancellationToken cancellationToken) =>
        _transport.SendAsync(request, RapidaJson.Default.Credential, cancellationToken);

    private static string PathOf(string id) => $"/v1/credentials/{Address.Segment(id)}";
}
