using System.Globalization;
using System.Text.Json;
using Twilio.Http;
using Twilio.Types;

namespace Twilio.Base;

/// <summary>A JSON object of the API. What is absent or null reads as null.</summary>
internal readonly struct Payload(JsonElement json)
{
    public static Payload Parse(string content) => new(JsonDocument.Parse(content).RootElement);

    /// <summary>Null when the content is no JSON object.</summary>
    public static Payload? TryParse(string content)
    {
        try
        {
            var root = JsonDocument.Parse(content ?? "").RootElement;
            return root.ValueKind == JsonValueKind.Object ? new Payload(root) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string Text(string name) => Value(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } other => other.GetRawText(),
    };

    public int? Integer(string name) => int.TryParse(Text(name), CultureInfo.InvariantCulture, out var value) ? value : null;

    // Tue, 31 Aug 2010 20:36:28 +0000
    public DateTime? Date(string name) =>
        DateTime.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var value) ? value : null;

    public Uri Url(string name) => Text(name) is { } text ? new Uri(text, UriKind.RelativeOrAbsolute) : null;

    public HttpMethod Method(string name) => Text(name) is { } text ? new HttpMethod(text) : null;

    public PhoneNumber Number(string name) => Text(name) is { } text ? new PhoneNumber(text) : null;

    public T Enum<T>(string name) where T : StringEnum, new()
    {
        if (Text(name) is not { } text)
            return null;
        var value = new T();
        value.FromString(text);
        return value;
    }

    public IEnumerable<Payload> Items(string name) => json.GetProperty(name).EnumerateArray().Select(item => new Payload(item));

    public PhoneNumberCapabilities Capabilities(string name)
    {
        if (Value(name) is not { } value)
            return null;
        var capabilities = new Payload(value);
        return new PhoneNumberCapabilities(capabilities.Flag("mms"), capabilities.Flag("sms"), capabilities.Flag("voice"));
    }

    public Dictionary<string, object> Dictionary(string name) =>
        Value(name) is { ValueKind: JsonValueKind.Object } value
            ? value.EnumerateObject().ToDictionary(property => property.Name, property => Simple(property.Value))
            : null;

    private bool Flag(string name) => Value(name) is { ValueKind: JsonValueKind.True };

    private JsonElement? Value(string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static object Simple(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out var integer) ? integer : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        _ => value,
    };
}
