using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rapida.TwilioEmulator.Tests;

/// <summary>
/// A part of Twilio's official OpenAPI file, and a check of answers against it: types, null, enumerations, patterns, dates, and fields that
/// Twilio lacks. The file says of no field that it must be there, but Twilio sends all of a resource; so must we.
/// </summary>
internal sealed class OpenApi
{
    private readonly JsonElement _api = JsonDocument.Parse(File.ReadAllText("twilio_api_v2010_part.json")).RootElement;

    /// <summary>What is wrong with an answer; empty: nothing.</summary>
    public IReadOnlyList<string> Problems(string method, string path, int status, JsonElement? body)
    {
        var responses = _api.GetProperty("paths").GetProperty(path).GetProperty(method).GetProperty("responses");
        if (!responses.TryGetProperty(status.ToString(CultureInfo.InvariantCulture), out var response))
            return [$"{method} {path} has no answer {status}"];
        if (!response.TryGetProperty("content", out var content))
            return body is null ? [] : [$"{method} {path} answers {status} without a body"];
        return body is { } json
            ? [.. Check(json, content.GetProperty("application/json").GetProperty("schema"), "$")]
            : [$"{method} {path} answers {status} with a body"];
    }

    /// <summary>The form fields that Twilio takes.</summary>
    public IReadOnlyList<string> Fields(string method, string path) =>
        [.. _api.GetProperty("paths").GetProperty(path).GetProperty(method).GetProperty("fields").EnumerateArray().Select(f => f.GetString()!)];

    private IEnumerable<string> Check(JsonElement value, JsonElement schema, string at)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            schema = _api.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
        if (value.ValueKind == JsonValueKind.Null)
            return schema.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean() ? [] : [$"{at} is null"];

        return (schema.GetProperty("type").GetString(), value.ValueKind) switch
        {
            ("string", JsonValueKind.String) => CheckText(value.GetString()!, schema, at),
            ("integer", JsonValueKind.Number) => value.TryGetInt64(out _) ? [] : [$"{at} is no integer"],
            ("boolean", JsonValueKind.True or JsonValueKind.False) => [],
            ("array", JsonValueKind.Array) => value.EnumerateArray().SelectMany((item, i) => Check(item, schema.GetProperty("items"), $"{at}[{i}]")),
            ("object", JsonValueKind.Object) => CheckObject(value, schema, at),
            var (type, kind) => [$"{at} is a {kind}, not a {type}"],
        };
    }

    private IEnumerable<string> CheckObject(JsonElement value, JsonElement schema, string at)
    {
        // A map of URIs has keys of its own.
        if (!schema.TryGetProperty("properties", out var properties))
            return value.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.String).Select(p => $"{at}.{p.Name} is no URI");

        var known = properties.EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
        var sent = value.EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
        return
        [
            .. known.Keys.Except(sent.Keys).Select(name => $"{at}.{name} is missing"),
            .. sent.Keys.Except(known.Keys).Select(name => $"{at}.{name} is unknown"),
            .. sent.Where(p => known.ContainsKey(p.Key)).SelectMany(p => Check(p.Value, known[p.Key], $"{at}.{p.Key}")),
        ];
    }

    private static IEnumerable<string> CheckText(string value, JsonElement schema, string at)
    {
        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(w => w.GetString() == value))
            yield return $"{at} is none of its words: {value}";
        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(value, pattern.GetString()!))
            yield return $"{at} does not fit {pattern}: {value}";
        if (schema.TryGetProperty("minLength", out var least) && value.Length < least.GetInt32())
            yield return $"{at} is too short: {value}";
        if (schema.TryGetProperty("maxLength", out var most) && value.Length > most.GetInt32())
            yield return $"{at} is too long: {value}";
        if (schema.TryGetProperty("format", out var format) && !HasFormat(value, format.GetString()!))
            yield return $"{at} is no {format}: {value}";
    }

    private static bool HasFormat(string value, string format) => format switch
    {
        "date-time-rfc-2822" => DateTimeOffset.TryParseExact(value, "ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "uri" => Uri.TryCreate(value, UriKind.RelativeOrAbsolute, out _),
        "phone-number" => Regex.IsMatch(value, @"^\+[1-9]\d{1,14}$"),
        "currency" => Regex.IsMatch(value, "^[A-Z]{3}$"),
        _ => true,
    };
}
