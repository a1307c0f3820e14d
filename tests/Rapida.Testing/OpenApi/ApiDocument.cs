using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Rapida.ServiceDefaults.OpenApi;
using Xunit;

namespace Rapida.Testing.OpenApi;

/// <summary><c>docs/openapi.json</c>, and what a running service says of itself.</summary>
public static partial class ApiDocument
{
    private static readonly string File = Checkout.PathOf("docs", "openapi.json");
    private static readonly bool IsToBeWritten = Environment.GetEnvironmentVariable("RAPIDA_OPENAPI") == "write";
    private static readonly JsonSerializerOptions Form = new()
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The document as it is checked in.</summary>
    public static JsonObject Read() => JsonNode.Parse(System.IO.File.ReadAllText(File))!.AsObject();

    /// <summary>The operations of a document.</summary>
    public static IEnumerable<ApiOperation> Operations(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select new ApiOperation(document, operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject());

    /// <summary>An answer that many operations give is what the document says of it once.</summary>
    /// <param name="name">Under components/responses.</param>
    /// <param name="answer">A real one.</param>
    /// <param name="isSaidSo">Its sentence is the same too, but for the numbers in it.</param>
    public static async Task AssertSharedAsync(string name, HttpResponseMessage answer, bool isSaidSo = true)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(body.StartsWith('{'), $"{name}: {answer.StatusCode} with {answer.Content.Headers.ContentType} and {body.Length} characters is no problem.");
        var problem = JsonNode.Parse(body)!;
        var (code, described) = Read()["components"]!["responses"]![name]!["content"]!["application/problem+json"]!["examples"]!.AsObject().Single();
        Assert.Equal(((int)described!["value"]!["status"]!, code), ((int)answer.StatusCode, (string?)problem["code"]));
        if (isSaidSo)
            Assert.Equal(Sentence(described["value"]!), Sentence(problem));
    }

    /// <summary>
    /// What the service says of itself is whole, and stands in the document. With RAPIDA_OPENAPI=write it is written there instead.
    /// </summary>
    /// <returns>The document.</returns>
    public static async Task<JsonObject> CheckAsync(IServiceProvider services)
    {
        var described = await DescribeAsync(services);
        var operations = Operations(described).ToList();
        Assert.Equal(
            Doors.Rest(services).Where(IsPublic).Select(door => $"{door.Method} {Constraint().Replace(door.Path, "{$1}")}").Order(StringComparer.Ordinal),
            operations.Select(operation => operation.ToString()).Order(StringComparer.Ordinal));
        Assert.All(operations, operation => operation.AssertIsWhole());

        // One test project after the other: they write into one file.
        using var turn = new Mutex(initiallyOwned: false, "rapida-openapi");
        turn.WaitOne();
        try
        {
            var before = System.IO.File.Exists(File) ? System.IO.File.ReadAllText(File) : "";
            var after = Merge(before.Length > 0 ? JsonNode.Parse(before)!.AsObject() : null, described).ToJsonString(Form) + "\n";
            if (IsToBeWritten)
                System.IO.File.WriteAllText(File, after);
            else
                Assert.True(before == after, $"docs/openapi.json is not what the service says of itself: run make openapi.\n{FirstDifference(before, after)}");
        }
        finally
        {
            turn.ReleaseMutex();
        }

        return described;
    }

    private static async Task<JsonObject> DescribeAsync(IServiceProvider services)
    {
        var provider = services.GetRequiredKeyedService<IOpenApiDocumentProvider>(OpenApiRegistration.Document);
        var document = await provider.GetOpenApiDocumentAsync();
        return JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1))!.AsObject();
    }

    // Twilio's addresses are Twilio's, and health checks nobody's.
    private static bool IsPublic(RestDoor door) =>
        door.Path.StartsWith("/v1/", StringComparison.Ordinal) && !door.Path.StartsWith("/v1/talk/twilio/", StringComparison.Ordinal);

    /// <summary>The document with this service's part in the place of what it had of it: all paths with the same first word after <c>/v1</c>.</summary>
    private static JsonObject Merge(JsonObject? all, JsonObject part)
    {
        all ??= new JsonObject { ["paths"] = new JsonObject(), ["components"] = new JsonObject() };
        var own = part["paths"]!.AsObject().Select(path => FirstWord(path.Key)).ToHashSet();
        var paths = all["paths"]!.AsObject().Where(path => !own.Contains(FirstWord(path.Key))).Concat(part["paths"]!.AsObject());
        var merged = new JsonObject
        {
            ["openapi"] = part["openapi"]!.DeepClone(),
            ["info"] = part["info"]!.DeepClone(),
            ["servers"] = part["servers"]!.DeepClone(),
            ["paths"] = Sorted(paths),
            ["components"] = part["components"]!.DeepClone(),
        };

        var schemas = Sorted(Union(all["components"]!["schemas"], part["components"]!["schemas"]));
        merged["components"]!["schemas"] = schemas;
        while (schemas.Select(schema => schema.Key).FirstOrDefault(name => !Mentions(merged, $"#/components/schemas/{name}")) is { } unused)
            schemas.Remove(unused);

        var tags = (all["tags"]?.AsArray() ?? []).Concat(part["tags"]!.AsArray())
            .DistinctBy(tag => (string)tag!["name"]!)
            .Where(tag => Operations(merged).Any(operation => operation.Tags.Contains((string)tag!["name"]!)))
            .Select(tag => part["tags"]!.AsArray().FirstOrDefault(ours => (string)ours!["name"]! == (string)tag!["name"]!) ?? tag)
            .OrderBy(tag => (string)tag!["name"]!, StringComparer.Ordinal);
        merged["tags"] = new JsonArray([.. tags.Select(tag => tag!.DeepClone())]);
        return merged;
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Union(JsonNode? all, JsonNode? part) =>
        part!.AsObject().Concat(all?.AsObject() ?? []).DistinctBy(pair => pair.Key);

    private static JsonObject Sorted(IEnumerable<KeyValuePair<string, JsonNode?>> pairs) =>
        new(pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));

    private static bool Mentions(JsonNode document, string reference) =>
        document.ToJsonString(Form).Contains($"\"{reference}\"", StringComparison.Ordinal);

    private static string FirstWord(string path) => path.Split('/')[2];

    private static string FirstDifference(string before, string after)
    {
        var (was, now) = (before.Split('\n'), after.Split('\n'));
        var line = was.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"line {line + 1}\n- {was.ElementAtOrDefault(line)}\n+ {now.ElementAtOrDefault(line)}";
    }

    private static string Sentence(JsonNode problem) => Number().Replace((string)problem["detail"]!, "#");

    [GeneratedRegex(@"[\d.]*\d")]
    private static partial Regex Number();

    [GeneratedRegex(@"\{(\w+)(:[^}]*)?\}")]
    private static partial Regex Constraint();
}
