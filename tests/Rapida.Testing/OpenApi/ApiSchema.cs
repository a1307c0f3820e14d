using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rapida.Testing.OpenApi;

/// <summary>As much of JSON Schema as the document uses, and stricter: a field that the schema does not name is refused.</summary>
internal static class ApiSchema
{
    public static void Assert(JsonObject document, JsonNode schema, JsonNode? value, string where)
    {
        if (Refuse(document, schema, value, "") is { } wrong)
            Xunit.Assert.Fail($"{where}: {wrong}\n{value?.ToJsonString()}");
    }

    /// <summary>Follows <c>$ref</c>.</summary>
    public static JsonNode Resolve(JsonObject document, JsonNode node) => (string?)(node as JsonObject)?["$ref"] is { } reference
        ? reference.TrimStart('#', '/').Split('/').Aggregate((JsonNode)document, (at, name) => at[name]!)
        : node;

    // Null: it is accepted.
    private static string? Refuse(JsonObject document, JsonNode schema, JsonNode? value, string at)
    {
        schema = Resolve(document, schema);
        if (schema["oneOf"] is JsonArray choices)
            return choices.Any(choice => Refuse(document, choice!, value, at) is null) ? null : $"{at} is none of what it may be.";
        if (schema["type"] is { } type && !Types(type).Contains(TypeOf(value)) && !(TypeOf(value) == "integer" && Types(type).Contains("number")))
            return $"{at} is {TypeOf(value)} and not {type.ToJsonString()}.";
        if (value is not null && schema["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
            return $"{at} is {value.ToJsonString()}, which is none of {words.ToJsonString()}.";
        return value switch
        {
            JsonObject fields => RefuseFields(document, schema, fields, at),
            JsonArray items => items.Select((item, i) => schema["items"] is { } of ? Refuse(document, of, item, $"{at}[{i}]") : null).FirstOrDefault(wrong => wrong is not null),
            _ => null,
        };
    }

    private static string? RefuseFields(JsonObject document, JsonNode schema, JsonObject fields, string at)
    {
        if (schema["required"] is JsonArray required && required.FirstOrDefault(name => !fields.ContainsKey((string)name!)) is { } missing)
            return $"{at} has no {missing}.";
        foreach (var (name, value) in fields)
        {
            var known = schema["properties"]?[name] ?? schema["additionalProperties"];
            if (known is null && schema["properties"] is not null)
                return $"{at} has a {name}, and should not.";
            if (known is JsonObject && Refuse(document, known, value, $"{at}.{name}") is { } wrong)
                return wrong;
        }

        return null;
    }

    private static IEnumerable<string> Types(JsonNode type) => type is JsonArray many ? many.Select(one => (string)one!) : [(string)type!];

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.ToJsonString().Contains('.', StringComparison.Ordinal) ? "number" : "integer",
        _ => "boolean",
    };
}
