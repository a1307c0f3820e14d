using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Deployments.Assistants;

/// <summary>A tool as a request states it, unchecked. Also the body of the REST request and its answer.</summary>
internal sealed record HttpToolSettings(
    [property: Required, Description("1 to 64 of a-z, A-Z, 0-9, _ and -, a letter first. The model calls it by this name.")] string? Name,
    [property: Required, Description("Tells the model when to call it, in 1 to 2000 characters.")] string? Description,
    [property: Description("JSON Schema of the arguments: an object of at most 16000 characters. Left out: no arguments.")] JsonElement? Parameters,
    [property: Required, Description("An absolute https address of at most 2000 characters, which must be public.")] string? Url,
    [property: AllowedValues("GET", "POST", "PUT", "PATCH", "DELETE"), Description("POST if left out. GET and DELETE carry the arguments in the query, the others as JSON.")]
    string? Method,
    [property: Description("At most 20. They are kept in the clear: give a key that can do nothing but this.")] IReadOnlyDictionary<string, string>? Headers,
    [property: Description("1 to 30. 10 if left out.")] double? TimeoutSeconds)
{
    public static HttpToolSettings Of(HttpTool tool) => new(
        tool.Name, tool.Description, JsonDocument.Parse(tool.Parameters).RootElement, tool.Url, tool.Method, tool.Headers, tool.Timeout.TotalSeconds);
}

/// <summary>
/// An address that the model may have called during a conversation. Whether it may be reached the relay decides when it connects.
/// </summary>
internal sealed partial record HttpTool(
    string Name, string Description, string Parameters, string Url, string Method, IReadOnlyDictionary<string, string> Headers, TimeSpan Timeout)
{
    public const int Most = 16;
    public const int MaxTotal = 100_000;

    private const int MaxDescription = 2_000;
    private const int MaxParameters = 16_000;
    private const int MaxUrl = 2_000;
    private const int MaxHeaders = 20;
    private const int MaxHeaderValue = 2_000;
    private const string NoParameters = """{"type":"object","properties":{}}""";

    // The relay's own: see its folder Tools.
    private static readonly string[] Taken = ["end_call", "transfer_call", "send_keys"];
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    // The client's own, and those that would change where the message ends or whom it is for.
    private static readonly HashSet<string> OwnHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Content-Type", "Expect", "Host", "Idempotency-Key", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection",
        "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    public static Result<List<HttpTool>> ParseAll(IReadOnlyList<HttpToolSettings> settings, bool allowsHttp)
    {
        if (settings.Count > Most)
            return AssistantProblems.TooManyTools;

        var tools = new List<HttpTool>(settings.Count);
        var names = new HashSet<string>(Taken, StringComparer.OrdinalIgnoreCase);
        foreach (var each in settings)
        {
            if (!Parse(each, allowsHttp).TryGet(out var tool, out var problem))
                return problem;
            if (!names.Add(tool.Name))
                return AssistantProblems.ToolNameTaken(tool.Name);
            tools.Add(tool);
        }

        return tools.Sum(tool => tool.Size) > MaxTotal ? AssistantProblems.TooManyTools : tools;
    }

    private int Size =>
        Name.Length + Description.Length + Parameters.Length + Url.Length + Headers.Sum(header => header.Key.Length + header.Value.Length);

    private static Result<HttpTool> Parse(HttpToolSettings settings, bool allowsHttp)
    {
        if (settings.Name is not { } name || !ToolName().IsMatch(name))
            return AssistantProblems.ToolNameInvalid(settings.Name);

        var method = settings.Method ?? "POST";
        var parameters = settings.Parameters is { ValueKind: not JsonValueKind.Null } given ? given : JsonDocument.Parse(NoParameters).RootElement;
        var headers = settings.Headers ?? new Dictionary<string, string>();
        var timeout = settings.TimeoutSeconds ?? 10;
        var wrong =
            settings.Description is not { Length: <= MaxDescription } description || string.IsNullOrWhiteSpace(description)
                || description.Contains('\0', StringComparison.Ordinal)
                ? $"description tells the model when to call it, in 1 to {MaxDescription} characters."
            : parameters.ValueKind is not JsonValueKind.Object || parameters.GetRawText() is not { Length: <= MaxParameters }
                ? $"parameters is a JSON Schema: a JSON object of at most {MaxParameters} characters."
            : !IsUrl(settings.Url, allowsHttp) ? $"url is an absolute https address of at most {MaxUrl} characters, without user and fragment."
            : !Methods.Contains(method) ? $"method is one of {string.Join(", ", Methods)}."
            : headers.Count > MaxHeaders || !headers.All(IsHeader)
                ? $"headers has at most {MaxHeaders} entries of visible characters, and none of {string.Join(", ", OwnHeaders)}."
            : !(timeout >= 1 && timeout <= 30) ? "timeout_seconds is 1 to 30."
            : null;
        return wrong is null
            ? new HttpTool(name, settings.Description!, parameters.GetRawText(), settings.Url!, method, headers, TimeSpan.FromSeconds(timeout))
            : AssistantProblems.ToolInvalid(name, wrong);
    }

    private static bool IsUrl(string? text, bool allowsHttp) =>
        text is { Length: <= MaxUrl } && !text.AsSpan().ContainsAnyExceptInRange('!', '~') && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (allowsHttp && url.Scheme == Uri.UriSchemeHttp))
        && url.UserInfo.Length == 0 && url.Fragment.Length == 0;

    private static bool IsHeader(KeyValuePair<string, string> header) =>
        HeaderName().IsMatch(header.Key) && !OwnHeaders.Contains(header.Key)
        && header.Value is { Length: <= MaxHeaderValue } value && !value.AsSpan().ContainsAnyExceptInRange(' ', '~');

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_-]{0,63}\z")]
    private static partial Regex ToolName();

    // A token of RFC 9110, section 5.6.2.
    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}\z")]
    private static partial Regex HeaderName();
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
