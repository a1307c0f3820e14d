using System.Globalization;
using System.Text.Json.Nodes;
using Xunit;

namespace Rapida.Testing.OpenApi;

/// <summary>One operation of the public API, as a document has it.</summary>
public sealed class ApiOperation(JsonObject document, string method, string path, JsonObject operation)
{
    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";

    /// <summary>GET, POST…</summary>
    public string Method => method;

    /// <summary>Such as <c>/v1/calls/{id}</c>.</summary>
    public string Path => path;

    /// <summary>Its name.</summary>
    public string Id => Text("operationId");

    /// <summary>The sections that it belongs to.</summary>
    public IEnumerable<string> Tags => operation["tags"]?.AsArray().Select(tag => (string)tag!) ?? [];

    /// <summary>A body that is accepted; null: it takes none.</summary>
    public JsonNode? RequestExample => operation["requestBody"]?["content"]![Json]!["example"];

    /// <summary>The status of its success.</summary>
    public int Success => int.Parse(Succeeded.Key, CultureInfo.InvariantCulture);

    /// <summary>How its success looks; null: it has no body, or one that is not JSON.</summary>
    public JsonNode? Answer => Succeeded.Value!["content"]?[Json];

    /// <summary>The codes of its problems.</summary>
    public IEnumerable<string> Codes => Problems.SelectMany(response => ApiSchema.Resolve(document, response.Value!)["content"]![ProblemJson]!["examples"]!.AsObject())
        .Select(example => example.Key);

    private IEnumerable<KeyValuePair<string, JsonNode?>> Problems => operation["responses"]!.AsObject().Where(response => response.Key[0] is '4' or '5');

    private KeyValuePair<string, JsonNode?> Succeeded => operation["responses"]!.AsObject().Single(response => response.Key.StartsWith('2'));

    /// <summary>Nothing is missing that a developer needs, and the examples are of the form that they are said to have.</summary>
    public void AssertIsWhole()
    {
        Assert.All(["operationId", "summary", "description"], field => Assert.True(Text(field).Length > 0, $"{this} has no {field}."));
        Assert.True(Tags.Any(), $"{this} has no section.");
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            Assert.True(parameter!["example"] is not null, $"{this}: {parameter["name"]} has no example.");
            Assert.True(parameter["description"] is not null, $"{this}: {parameter["name"]} has no description.");
        }

        if (operation["requestBody"] is { } body)
            AssertExample(body["content"]![Json]!, "request");
        if (Answer is { } answer)
            AssertExample(answer, "answer");
        Assert.All(Problems, AssertHasCodes);
    }

    /// <summary>An answer is of the form that it is said to have.</summary>
    public void AssertAnswer(JsonNode? actual) => ApiSchema.Assert(document, Answer!["schema"]!, actual, ToString());

    /// <inheritdoc/>
    public override string ToString() => $"{method} {path}";

    private void AssertExample(JsonNode media, string what)
    {
        Assert.True(media["example"] is not null, $"{this} has no example of its {what}.");
        ApiSchema.Assert(document, media["schema"]!, media["example"], $"{this}, example of its {what}");
    }

    private void AssertHasCodes(KeyValuePair<string, JsonNode?> response)
    {
        var codes = ApiSchema.Resolve(document, response.Value!)["content"]?[ProblemJson]?["examples"]?.AsObject();
        Assert.True(codes?.Count > 0, $"{this}: {response.Key} has no code.");
        Assert.All(codes!, code =>
        {
            Assert.Equal((code.Key, response.Key), ((string)code.Value!["value"]!["code"]!, code.Value["value"]!["status"]!.ToString()));
            ApiSchema.Assert(document, document["components"]!["schemas"]!["Problem"]!, code.Value["value"], $"{this}, {code.Key}");
        });
    }

    private string Text(string field) => (string?)operation[field] ?? "";
}
