using System.Text.Json.Nodes;

namespace Rapida.Gateway.Docs;

/// <summary>Reads <c>docs/openapi.json</c>, as far as the page shows it.</summary>
internal sealed class ApiReader
{
    private readonly JsonObject _document;
    private readonly SchemaReader _schemas;

    private ApiReader(JsonObject document) => (_document, _schemas) = (document, new(document));

    public static Api Read(ReadOnlyMemory<byte> json) => new ApiReader(JsonNode.Parse(json.Span)!.AsObject()).Read();

    private Api Read()
    {
        var operations = (
            from path in _document["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            select (Tag: (string)operation.Value!["tags"]![0]!, Operation: ReadOperation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!)))
            .ToLookup(pair => pair.Tag, pair => pair.Operation);
        var sections = _document["tags"]!.AsArray().Select(tag => new ApiSection(Text(tag!["name"]), Text(tag["description"]), [.. operations[Text(tag["name"])]]));
        var errors = _document["components"]!["responses"]!.AsObject().SelectMany(response => Problems(response.Value!, Text(response.Value!["description"])));
        return new(Text(_document["info"]!["title"]), Text(_document["info"]!["description"]), [.. sections], [.. errors.OrderBy(error => error.Status)]);
    }

    private ApiOperation ReadOperation(string method, string path, JsonNode operation)
    {
        var responses = operation["responses"]!.AsObject();
        var (status, success) = responses.Single(response => response.Key.StartsWith('2'));
        var (answerType, answer) = success!["content"]?.AsObject().Single() ?? default;
        var body = operation["requestBody"]?["content"]?["application/json"];
        var parameters = operation["parameters"]?.AsArray() ?? [];
        var bodyExample = body is null ? null : SchemaReader.Pretty(body["example"]!);
        return new(
            Text(operation["operationId"]), method, path, Text(operation["summary"]), Text(operation["description"]),
            Text(operation["security"]![0]!["api_key"]![0]),
            [.. parameters.Select(parameter => ReadParameter(parameter!))],
            [.. body is null ? [] : _schemas.Fields(body["schema"]!)],
            CurlLine.Of(method, WithExamples(path, parameters), bodyExample, isFile: answer is not null && answerType != "application/json"),
            $"{status} {Text(success["description"])}",
            [.. answer is null ? [] : _schemas.Fields(answer["schema"]!)],
            answer?["example"] is { } example ? SchemaReader.Pretty(example) : null,
            [.. responses.Where(response => response.Value!["$ref"] is null).SelectMany(response => Problems(response.Value!, ""))]);
    }

    private ApiField ReadParameter(JsonNode parameter) => new(
        Text(parameter["name"]), _schemas.TypeOf(parameter["schema"]!), (bool?)parameter["required"] is true, Text(parameter["description"]));

    // Of the query what has to be there: the line works as it stands, and is no longer than it must be.
    private static string WithExamples(string path, JsonArray parameters)
    {
        var filled = parameters
            .Where(parameter => Text(parameter!["in"]) == "path")
            .Aggregate(path, (so, parameter) => so.Replace($"{{{parameter!["name"]}}}", Text(parameter["example"]), StringComparison.Ordinal));
        var query = string.Join('&', parameters
            .Where(parameter => Text(parameter!["in"]) == "query" && (bool?)parameter["required"] is true)
            .Select(parameter => $"{parameter!["name"]}={Uri.EscapeDataString(parameter["example"]!.ToString())}"));
        return query.Length == 0 ? filled : $"{filled}?{query}";
    }

    private static IEnumerable<ApiError> Problems(JsonNode response, string meaning) =>
        response["content"]?["application/problem+json"]?["examples"]?.AsObject().Select(example => new ApiError(
            example.Value!["value"]!["status"]!.ToString(), example.Key, Text(example.Value["value"]!["detail"]), meaning)) ?? [];

    private static string Text(JsonNode? node) => (string?)node ?? "";
}
