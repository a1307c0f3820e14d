using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rapida.Gateway.Docs;

/// <summary>Lays a schema out as rows.</summary>
internal sealed class SchemaReader(JsonObject document)
{
    // Nothing in our document is deeper; a schema that held itself would end here.
    private const int MaxDepth = 6;

    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Pretty(JsonNode json) => json.ToJsonString(Form);

    /// <summary>Every field, those of nested objects too.</summary>
    public IEnumerable<ApiField> Fields(JsonNode schema, string prefix = "", int depth = 0)
    {
        var resolved = Resolve(schema);
        if (depth > MaxDepth)
            yield break;
        if (resolved["items"] is { } items)
        {
            foreach (var field in Fields(items, $"{prefix.TrimEnd('.')}[].", depth + 1))
                yield return field;
        }

        foreach (var (name, property) in resolved["properties"]?.AsObject() ?? [])
        {
            var isRequired = resolved["required"]?.AsArray().Any(required => (string)required! == name) is true;
            yield return new(prefix + name, TypeOf(property!), isRequired, Description(property!));
            foreach (var field in Fields(property!, $"{prefix}{name}.", depth + 1))
                yield return field;
        }
    }

    /// <summary>In a word or two: <c>string</c>, <c>integer or null</c>, <c>list of object</c>.</summary>
    public string TypeOf(JsonNode schema)
    {
        if (schema["oneOf"] is JsonArray choices)
            return string.Join(" or ", choices.Select(choice => TypeOf(choice!)).OrderBy(word => word == "null"));
        var resolved = Resolve(schema);
        if (resolved["enum"] is JsonArray words)
            return string.Join(" | ", words.Select(word => (string)word!));
        var types = resolved["type"] switch
        {
            JsonArray many => many.Select(one => (string)one!),
            { } one => [(string)one!],
            null => ["any"],
        };
        var names = types.OrderBy(word => word == "null").Select(word => word switch
        {
            "array" => $"list of {TypeOf(resolved["items"]!)}",
            "string" when (string?)resolved["format"] is "date-time" or "uuid" or "binary" => (string)resolved["format"]!,
            _ => word,
        });
        return string.Join(" or ", names);
    }

    private static string Description(JsonNode property) =>
        (string?)property["description"] ?? (string?)property["oneOf"]?.AsArray().Select(choice => choice!["description"]).FirstOrDefault(text => text is not null) ?? "";

    // Of something or nothing the something.
    private JsonNode Resolve(JsonNode schema)
    {
        if (schema["oneOf"] is JsonArray choices && choices.FirstOrDefault(choice => choice!["$ref"] is not null) is { } some)
            schema = some;
        return (string?)schema["$ref"] is { } reference ? document["components"]!["schemas"]![reference.Split('/')[^1]]! : schema;
    }
}
