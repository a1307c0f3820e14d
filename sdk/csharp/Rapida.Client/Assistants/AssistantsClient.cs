using System.Text.Json;
using Rapida.Client.Http;

namespace Rapida.Client;

/// <summary>Makes assistants, says what they are and where they answer.</summary>
public sealed class AssistantsClient
{
    private readonly Transport _transport;

    internal AssistantsClient(Transport transport)
    {
        _transport = transport;
        Versions = new(transport);
        Phone = new(transport);
    }

    public AssistantVersionsClient Versions { get; }

    public PhoneDeploymentsClient Phone { get; }

    /// <summary>It can say nothing yet: give it a version and a phone deployment.</summary>
    public Task<Assistant> CreateAsync(string name, CancellationToken cancellationToken = default)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new(name), RapidaJson.Default.Named);
        return _transport.SendAsync(new Request(HttpMethod.Post, "/v1/assistants", body), RapidaJson.Default.Assistant, cancellationToken);
    }

    public Task<Assistant> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.GetAsync(PathOf(id), RapidaJson.Default.Assistant, cancellationToken);

    /// <summary>All of them. A page is asked for when the one before is used up.</summary>
    /// <param name="pageSize">How many are asked for at once: 1 to 100.</param>
    public IAsyncEnumerable<Assistant> ListAsync(int? pageSize = null, CancellationToken cancellationToken = default) =>
        Listing.EachAsync((pageToken, token) => ListPageAsync(pageSize, pageToken, token), cancellationToken);

    /// <summary>One page of the same, for who shows them to people.</summary>
    public async Task<Page<Assistant>> ListPageAsync(
        int? pageSize = null, string? pageToken = null, CancellationToken cancellationToken = default)
    {
        var path = Address.OfPage("/v1/assistants", pageSize, pageToken);
        var page = await _transport.GetAsync(path, RapidaJson.Default.AssistantList, cancellationToken).ConfigureAwait(false);
        return new(page.Assistants, page.NextPageToken);
    }

    internal static string PathOf(string id) => $"/v1/assistants/{Address.Segment(id)}";
}

/// <summary>Says what an assistant is.</summary>
public sealed class AssistantVersionsClient
{
    private readonly Transport _transport;

    internal AssistantVersionsClient(Transport transport) => _transport = transport;

    /// <summary>Live at once; calls in progress keep what they began with.</summary>
    public Task<AssistantVersion> CreateAsync(string assistantId, CreateAssistantVersion version, CancellationToken cancellationToken = default)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(version, RapidaJson.Default.CreateAssistantVersion);
        var request = new Request(HttpMethod.Post, PathOf(assistantId), body);
        return _transport.SendAsync(request, RapidaJson.Default.AssistantVersion, cancellationToken);
    }

    /// <summary>What the assistant was and is, the latest first. A page is asked for when the one before is used up.</summary>
    /// <param name="pageSize">How many are asked for at once: 1 to 100.</param>
    public IAsyncEnumerable<AssistantVersion> ListAsync(string assistantId, int? pageSize = null, CancellationToken cancellationToken = default) =>
        Listing.EachAsync((pageToken, token) => ListPageAsync(assistantId, pageSize, pageToken, token), cancellationToken);

    /// <summary>One page of the same, for who shows them to people.</summary>
    public async Task<Page<AssistantVersion>> ListPageAsync(
        string assistantId, int? pageSize = null, string? pageToken = null, CancellationToken cancellationToken = default)
    {
        var path = Address.OfPage(PathOf(assistantId), pageSize, pageToken);
        var page = await _transport.GetAsync(path, RapidaJson.Default.AssistantVersionList, cancellationToken).ConfigureAwait(false);
        return new(page.Versions, page.NextPageToken);
    }

    public Task<AssistantVersion> GetAsync(string assistantId, int version, CancellationToken cancellationToken = default) =>
        _transport.GetAsync($"{PathOf(assistantId)}/{version}", RapidaJson.Default.AssistantVersion, cancellationToken);

    private static string PathOf(string assistantId) => $"{AssistantsClient.PathOf(assistantId)}/versions";
}

/// <summary>Says where an assistant answers, and how.</summary>
public sealed class PhoneDeploymentsClient
{
    private readonly Transport _transport;

    internal PhoneDeploymentsClient(Transport transport) => _transport = transport;

    public Task<PhoneDeployment> GetAsync(string assistantId, CancellationToken cancellationToken = default) =>
        _transport.GetAsync(PathOf(assistantId), RapidaJson.Default.PhoneDeployment, cancellationToken);

    /// <summary>Live at once; calls in progress keep what they began with.</summary>
    public Task<PhoneDeployment> SaveAsync(string assistantId, PhoneSettings settings, CancellationToken cancellationToken = default)
    {
        // Of a deployment that is saved again, what are its settings.
        var body = JsonSerializer.SerializeToUtf8Bytes(settings, RapidaJson.Default.PhoneSettings);
        return _transport.SendAsync(new Request(HttpMethod.Put, PathOf(assistantId), body), RapidaJson.Default.PhoneDeployment, cancellationToken);
    }

    private static string PathOf(string assistantId) => $"{AssistantsClient.PathOf(assistantId)}/deployments/phone";
}
