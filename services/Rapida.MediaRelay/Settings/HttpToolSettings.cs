namespace Rapida.MediaRelay.Settings;

/// <summary>A tool of the tenant's: an address, and what the model is told of it. Old headers may hold a key: it does not print itself.</summary>
internal sealed class HttpToolSettings
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>JSON Schema.</summary>
    public required string Parameters { get; init; }

    public required string Url { get; init; }

    public required string Method { get; init; }

    /// <summary>In clear, of calls that were answered by an older version. Else empty.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Where Vault has the headers; empty: there are none.</summary>
    public string CredentialId { get; init; } = "";

    /// <summary>Which of them are sent; empty: all.</summary>
    public IReadOnlyList<string> HeaderNames { get; init; } = [];

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public static HttpToolSettings Parse(Deployments.V1.HttpTool tool) => new()
    {
        Name = tool.Name,
        Description = tool.Description,
        Parameters = tool.ParametersJson,
        Url = tool.Url,
        Method = tool.Method,
        Headers = tool.Headers.ToDictionary(),
        CredentialId = tool.CredentialId,
        HeaderNames = [.. tool.HeaderNames],
        Timeout = tool.Timeout?.ToTimeSpan() ?? TimeSpan.FromSeconds(10),
    };
}
