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

    public IAsyncEnumerable<Assistant> ListAsync(CancellationToken cancellationToken = default) => Listing.EachAsync(
        _transport,
        pageToken => Address.WithQuery("/v1/assistants", ("page_token", pageToken)),
        RapidaJson.Default.AssistantList,
        list => new Page<Assistant>(list.Assistants, list.NextPageToken),
        cancellationToken);

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
        var request = new Request(HttpMethod.Post, $"{AssistantsClient.PathOf(assistantId)}/versions", body);
        return _transport.SendAsync(request, RapidaJson.Default.AssistantVersion, cancellationToken);
    }
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
