using System.Text.Encodings.Web;
using System.Text.Json;
using Grpc.Core;
using Rapida.ServiceDefaults.Privacy;
using Rapida.ServiceDefaults.Problems;
using Rapida.Vault.V1;

namespace Rapida.Deployments.Assistants;

/// <summary>
/// Gives the headers of tools to Vault, which does not give them back to this service: with the tool stay their names and the credential. The same
/// headers of the same tool are stored once.
/// </summary>
internal sealed class StoreToolHeaders(Credentials.CredentialsClient vault)
{
    private const string Provider = "http-headers";

    // Values have quotes more often than letters that HTML would want escaped.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="projectId">The tenant.</param>
    /// <param name="assistantId">Its assistant.</param>
    /// <param name="written">The tools of its next version.</param>
    /// <param name="latest">Those of its latest: their headers may be kept.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<IReadOnlyList<HttpTool>>> ExecuteAsync(
        Guid projectId, AssistantId assistantId, IReadOnlyList<WrittenTool> written, IReadOnlyList<HttpTool> latest, CancellationToken cancellationToken)
    {
        // All is checked before anything is stored.
        foreach (var tool in written)
            if (await ProblemOfAsync(projectId, tool, latest, cancellationToken) is { } problem)
                return problem;

        var stored = new List<HttpTool>(written.Count);
        foreach (var (tool, headers) in written)
            stored.Add(headers.Count == 0 ? tool : tool with
            {
                CredentialId = IsKept(headers)
                    ? Keeping(tool, latest)!.CredentialId
                    : await StoreAsync(projectId, assistantId, tool.Name, headers.ToDictionary(header => header.Key, header => header.Value.Reveal()), cancellationToken),
            });
        return stored;
    }

    public async Task<Guid> StoreAsync(
        Guid projectId, AssistantId assistantId, string tool, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        var credential = await vault.CreateCredentialAsync(
            new()
            {
                ProjectId = projectId.ToString(),
                Provider = Provider,
                Name = $"Tool {tool} of assistant {assistantId}",
                Fields = { ["headers"] = JsonSerializer.Serialize(headers, Plain) },
                MadeFor = $"tool/{assistantId}/{tool}",
            },
            cancellationToken: cancellationToken);
        return Guid.Parse(credential.Id);
    }

    private async Task<Problem?> ProblemOfAsync(
        Guid projectId, WrittenTool written, IReadOnlyList<HttpTool> latest, CancellationToken cancellationToken)
    {
        var (tool, headers) = written;
        if (tool.CredentialId is { } named)
            return await IsOfHeadersAsync(projectId, named, cancellationToken) ? null : AssistantProblems.ToolCredentialUnknown(tool.Name);
        if (!headers.Values.Any(IsMask))
            return null;
        if (!IsKept(headers))
            return AssistantProblems.HeadersHalfKept(tool.Name);
        return Keeping(tool, latest) is null ? AssistantProblems.HeadersNotKept(tool.Name) : null;
    }

    private async Task<bool> IsOfHeadersAsync(Guid projectId, Guid credentialId, CancellationToken cancellationToken)
    {
        try
        {
            var credential = await vault.GetCredentialAsync(
                new() { ProjectId = projectId.ToString(), Id = credentialId.ToString() }, cancellationToken: cancellationToken);
            return credential.Provider == Provider;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>The latest version's tool that has all the headers which this one keeps.</summary>
    private static HttpTool? Keeping(HttpTool tool, IReadOnlyList<HttpTool> latest) => latest.SingleOrDefault(before =>
        before.Name == tool.Name && before.CredentialId is not null
        && tool.HeaderNames.All(name => before.HeaderNames.Contains(name, StringComparer.OrdinalIgnoreCase)));

    private static bool IsKept(IReadOnlyDictionary<string, Secret> headers) => headers.Values.All(IsMask);

    private static bool IsMask(Secret value) => value.Reveal() == HttpToolSettings.Masked;
}
