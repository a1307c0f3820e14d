using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapida.ServiceDefaults.Outgoing;
using Rapida.ServiceDefaults.Privacy;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Deployments.Assistants;

/// <summary>A tool as a request states it, unchecked. Also the body of the REST request and its answer, where headers have no values.</summary>
internal sealed record HttpToolSettings(
    [property: Required, Description("1 to 64 of a-z, A-Z, 0-9, _ and -, a letter first. The model calls it by this name.")] string? Name,
    [property: Required, Description("Tells the model when to call it, in 1 to 2000 characters.")] string? Description,
    [property: Description("JSON Schema of the arguments: an object of at most 16000 characters. Left out: no arguments.")] JsonElement? Parameters,
    [property: Required, Description("An absolute https address of at most 2000 characters, which must be public.")] string? Url,
    [property: AllowedValues("GET", "POST", "PUT", "PATCH", "DELETE"), Description("POST if left out. GET and DELETE carry the arguments in the query, the others as JSON.")]
    string? Method,
    [property: Description("At most 20. Their values go to the vault: answers show ***, and *** written back keeps what is stored.")] IReadOnlyDictionary<string, string>? Headers,
    [property: Description("1 to 30. 10 if left out.")] double? TimeoutSeconds,
    [property: Description("Instead of headers: a stored credential of the kind http-headers.")] string? CredentialId = null)
{
    /// <summary>Stands for the value of a header. Written back, it means that the value stays.</summary>
    public const string Masked = "***";

    public static HttpToolSettings Of(HttpTool tool) => new(
        tool.Name, tool.Description, JsonDocument.Parse(tool.Parameters).RootElement, tool.Url, tool.Method,
        tool.HeaderNames.ToDictionary(name => name, _ => Masked), tool.Timeout.TotalSeconds,
        tool.HeaderNames.Count == 0 ? tool.CredentialId?.ToString() : null);
}

/// <summary>A tool as a request states it, checked, with the values of its headers: they are not stored with it.</summary>
internal sealed record WrittenTool(HttpTool Tool, IReadOnlyDictionary<string, Secret> Headers)
{
    public int Size =>
        Tool.Name.Length + Tool.Description.Length + Tool.Parameters.Length + Tool.Url.Length
        + Headers.Sum(header => header.Key.Length + header.Value.Reveal().Length);
}

/// <summary>
/// An address that the model may have called during a conversation. Whether it may be reached the relay decides when it connects.
/// </summary>
/// <param name="Name">For the model.</param>
/// <param name="Description">For the model: when to call it.</param>
/// <param name="Parameters">JSON Schema.</param>
/// <param name="Url">https.</param>
/// <param name="Method">GET, POST…</param>
/// <param name="Headers">Empty, but in rows of older versions: there their values lie in clear until <see cref="MoveClearHeaders"/> has seen them.</param>
/// <param name="Timeout">1 to 30 s.</param>
internal sealed partial record HttpTool(
    string Name, string Description, string Parameters, string Url, string Method, IReadOnlyDictionary<string, string> Headers, TimeSpan Timeout)
{
    /// <summary>The headers that were written with the tool. Empty: all that the credential has, which was stored before.</summary>
    public IReadOnlyList<string> HeaderNames { get; init; } = [];

    /// <summary>Where Vault has the headers' values; null: there are none.</summary>
    public Guid? CredentialId { get; init; }

    public const int Most = 16;
    public const int MaxTotal = 100_000;

    private const int MaxDescription = 2_000;
    private const int MaxParameters = 16_000;
    private const int MaxUrl = 2_000;
    private const string NoParameters = """{"type":"object","properties":{}}""";

    // The relay's own: see its folder Tools.
    private static readonly string[] Taken = ["end_call", "transfer_call", "send_keys"];
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    public static Result<List<WrittenTool>> ParseAll(IReadOnlyList<HttpToolSettings> settings, bool allowsHttp)
    {
        if (settings.Count > Most)
            return AssistantProblems.TooManyTools;

        var tools = new List<WrittenTool>(settings.Count);
        var names = new HashSet<string>(Taken, StringComparer.OrdinalIgnoreCase);
        foreach (var each in settings)
        {
            if (!Parse(each, allowsHttp).TryGet(out var written, out var problem))
                return problem;
            if (!names.Add(written.Tool.Name))
                return AssistantProblems.ToolNameTaken(written.Tool.Name);
            tools.Add(written);
        }

        return tools.Sum(tool => tool.Size) > MaxTotal ? AssistantProblems.TooManyTools : tools;
    }

    private static Result<WrittenTool> Parse(HttpToolSettings settings, bool allowsHttp)
    {
        if (settings.Name is not { } name || !ToolName().IsMatch(name))
            return AssistantProblems.ToolNameInvalid(settings.Name);

        var method = settings.Method ?? "POST";
        var parameters = settings.Parameters is { ValueKind: not JsonValueKind.Null } given ? given : JsonDocument.Parse(NoParameters).RootElement;
        var headers = settings.Headers ?? new Dictionary<string, string>();
        var credentialId = string.IsNullOrEmpty(settings.CredentialId) ? null : settings.CredentialId;
        var timeout = settings.TimeoutSeconds ?? 10;
        var wrong =
            settings.Description is not { Length: <= MaxDescription } description || string.IsNullOrWhiteSpace(description)
                || description.Contains('\0', StringComparison.Ordinal)
                ? $"description tells the model when to call it, in 1 to {MaxDescription} characters."
            : parameters.ValueKind is not JsonValueKind.Object || parameters.GetRawText() is not { Length: <= MaxParameters }
                ? $"parameters is a JSON Schema: a JSON object of at most {MaxParameters} characters."
            : HasUser(settings.Url) ? "url has a user or a password in it: leave it out, and give the server what it asks for in headers, where it is kept as a secret."
            : !IsUrl(settings.Url, allowsHttp) ? $"url is an absolute https address of at most {MaxUrl} characters, without user and fragment."
            : !Methods.Contains(method) ? $"method is one of {string.Join(", ", Methods)}."
            : headers.Count > TenantHeaders.Most || !headers.All(IsHeader) || headers.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count() < headers.Count
                ? $"headers has at most {TenantHeaders.Most} entries of visible characters, each once, and none of {string.Join(", ", TenantHeaders.NotAllowed)}."
            : credentialId is not null && headers.Count > 0 ? "Give headers or credential_id, not both: the credential has all headers."
            : credentialId is not null && !Guid.TryParse(credentialId, out _) ? "credential_id is the id of a credential of http-headers."
            : !(timeout >= 1 && timeout <= 30) ? "timeout_seconds is 1 to 30."
            : null;
        if (wrong is not null)
            return AssistantProblems.ToolInvalid(name, wrong);

        var tool = new HttpTool(
            name, settings.Description!, parameters.GetRawText(), settings.Url!, method, new Dictionary<string, string>(), TimeSpan.FromSeconds(timeout))
        {
            HeaderNames = [.. headers.Keys],
            CredentialId = credentialId is null ? null : Guid.Parse(credentialId),
        };
        return new WrittenTool(tool, headers.ToDictionary(header => header.Key, header => new Secret(header.Value)));
    }

    private static bool HasUser(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.UserInfo.Length > 0;

    private static bool IsUrl(string? text, bool allowsHttp) =>
        text is { Length: <= MaxUrl } && !text.AsSpan().ContainsAnyExceptInRange('!', '~') && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (allowsHttp && url.Scheme == Uri.UriSchemeHttp))
        && url.Fragment.Length == 0;

    private static bool IsHeader(KeyValuePair<string, string> header) =>
        TenantHeaders.IsName(header.Key) && !TenantHeaders.NotAllowed.Contains(header.Key) && TenantHeaders.IsValue(header.Value);

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_-]{0,63}\z")]
    private static partial Regex ToolName();
}

internal static class HttpToolsColumn
{
    /// <summary>Tools are one column of JSON: they are read and written whole, and never changed.</summary>
    public static void AreHttpTools(this PropertyBuilder<IReadOnlyList<HttpTool>> property) => property
        .HasColumnType("jsonb")
        .HasDefaultValueSql("'[]'")
        .HasConversion(
            tools => JsonSerializer.Serialize(tools, JsonSerializerOptions.Web),
            json => JsonSerializer.Deserialize<IReadOnlyList<HttpTool>>(json, JsonSerializerOptions.Web)!,
            new ValueComparer<IReadOnlyList<HttpTool>>((one, other) => ReferenceEquals(one, other), tools => tools.Count));
}
