using System.Text.Json;

namespace Rapida.TwilioEmulator.Streams;

/// <summary>
/// What a server may send: media, mark and clear, each with exactly its own fields. Twilio warns of anything else once per stream and ignores it.
/// </summary>
internal abstract record ServerMessage
{
    internal sealed record Media(byte[] Audio) : ServerMessage;

    internal sealed record Mark(string Name) : ServerMessage;

    internal sealed record Clear : ServerMessage;

    /// <summary>31951, and why.</summary>
    internal sealed record Invalid(string Reason) : ServerMessage;

    public static ServerMessage Parse(ReadOnlyMemory<byte> text, string streamSid)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return Read(json.RootElement, streamSid);
        }
        catch (JsonException)
        {
            return new Invalid("not JSON");
        }
    }

    private static ServerMessage Read(JsonElement message, string streamSid)
    {
        var kind = Text(message, "event");
        if (kind is not ("media" or "mark" or "clear"))
            return new Invalid(kind is null ? "no event" : $"unknown event '{kind}'");
        if (!HasOnly(message, kind == "clear" ? ["event", "streamSid"] : ["event", "streamSid", kind]))
            return new Invalid($"missing, repeated or unknown field in '{kind}'");
        if (Text(message, "streamSid") != streamSid)
            return new Invalid("wrong streamSid");

        return kind switch
        {
            "media" => ReadMedia(message.GetProperty("media")),
            "mark" => ReadMark(message.GetProperty("mark")),
            _ => new Clear(),
        };
    }

    private static ServerMessage ReadMedia(JsonElement media) =>
        HasOnly(media, ["payload"]) && media.GetProperty("payload") is { ValueKind: JsonValueKind.String } payload && payload.TryGetBytesFromBase64(out var audio)
            ? new Media(audio)
            : new Invalid("'media' must hold a base64 payload and nothing else");

    private static ServerMessage ReadMark(JsonElement mark) =>
        HasOnly(mark, ["name"]) && Text(mark, "name") is { } name ? new Mark(name) : new Invalid("'mark' must hold a name and nothing else");

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // Each of the names once, and no other.
    private static bool HasOnly(JsonElement element, string[] names) =>
        element.ValueKind == JsonValueKind.Object
        && element.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal).SequenceEqual(names.Order(StringComparer.Ordinal));
}
