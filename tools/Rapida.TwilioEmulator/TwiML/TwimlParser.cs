using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Rapida.TwilioEmulator.Calls;
using Rapida.TwilioEmulator.Line;

namespace Rapida.TwilioEmulator.TwiML;

/// <summary>Reads TwiML as strictly as Twilio: what is not well-formed fails, what is unknown is ignored with warning 12200.</summary>
internal static class TwimlParser
{
    public const int MaxBytes = 64 * 1024;
    private const int MaxSayCharacters = 4096;
    private const int MaxParameterCharacters = 499;

    /// <exception cref="TwimlException">11750, 12100 or 12102.</exception>
    public static TwimlDocument Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Length > MaxBytes)
            throw new TwimlException(11750, "TwiML response body too large");

        var warnings = new List<Notice>();
        var root = Load(body);
        if (root.Name != "Response")
            throw new TwimlException(12102, $"The root element must be Response, not {root.Name}");
        return new TwimlDocument([.. Verbs(root, warnings)], warnings);
    }

    public static TwimlDocument Parse(string twiml) => Parse(Encoding.UTF8.GetBytes(twiml));

    private static XElement Load(ReadOnlyMemory<byte> body)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body.ToArray()), settings);
            return XElement.Load(reader);
        }
        catch (XmlException malformed)
        {
            throw new TwimlException(12100, $"Document parse failure: {malformed.Message}");
        }
    }

    private static IEnumerable<Verb> Verbs(XElement root, List<Notice> warnings)
    {
        foreach (var element in root.Elements())
        {
            var name = element.Name.ToString();
            if (!TwimlSchema.IsVerb(name))
                Warn(warnings, $"Invalid content was found starting with element '{name}'");
            else if (Read(element, warnings) is { } verb)
                yield return verb;
        }
    }

    private static Verb? Read(XElement element, List<Notice> warnings)
    {
        CheckAttributes(element, warnings);
        return element.Name.ToString() switch
        {
            "Connect" => Connect(element, warnings),
            "Say" => Say(element, warnings),
            "Play" => Play(element, warnings),
            "Pause" => new PauseVerb(Length(element, warnings)),
            "Hangup" => new HangupVerb(),
            "Redirect" => new RedirectVerb(element.Value.Trim(), Method(element, "method")),
            "Dial" => DialParser.Read(element, warnings),
            "Reject" => new RejectVerb(Text(element, "reason") ?? "rejected"),
            var other => new UnsupportedVerb($"<{other}>"),
        };
    }

    private static ConnectVerb? Connect(XElement connect, List<Notice> warnings)
    {
        StreamNoun? stream = null;
        foreach (var child in connect.Elements())
        {
            if (child.Name == "Stream" && stream is null)
                stream = Stream(child, warnings);
            else
                Warn(warnings, $"Invalid content was found starting with element '{child.Name}' in 'Connect'");
        }
        return stream is null ? null : new ConnectVerb(stream, Text(connect, "action"), Method(connect, "method"));
    }

    private static StreamNoun Stream(XElement stream, List<Notice> warnings)
    {
        CheckAttributes(stream, warnings);
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var child in stream.Elements())
        {
            CheckAttributes(child, warnings);
            var (name, value) = (Text(child, "name"), Text(child, "value") ?? "");
            if (child.Name != "Parameter" || string.IsNullOrEmpty(name) || name.Length + value.Length > MaxParameterCharacters)
                Warn(warnings, $"Invalid '{child.Name}' in 'Stream'");
            else
                parameters[name] = value;
        }
        return new StreamNoun(
            Text(stream, "url") ?? "", Text(stream, "name"), Text(stream, "track"),
            Text(stream, "statusCallback"), Method(stream, "statusCallbackMethod"), parameters);
    }

    private static SayVerb? Say(XElement say, List<Notice> warnings)
    {
        var text = string.Join(' ', say.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Length is > 0 and <= MaxSayCharacters)
            return new SayVerb(text, Loop(say) ?? 1);

        warnings.Add(text.Length == 0 ? new Notice(13520, "Say: Invalid text") : new Notice(13521, "Say: character limit exceeded"));
        return null;
    }

    private static Verb? Play(XElement play, List<Notice> warnings)
    {
        if (Text(play, "digits") is not { } digits)
            return new UnsupportedVerb("<Play> of a URL");
        if (!Dtmf.IsValid(digits))
        {
            warnings.Add(new Notice(13430, $"Play: Invalid DTMF String '{digits}'"));
            return null;
        }
        var loop = Loop(play);
        if (loop is null && Text(play, "loop") is { } invalid)
            warnings.Add(new Notice(13410, $"Play: Invalid loop value '{invalid}'"));
        return new PlayDigitsVerb(digits, loop ?? 1);
    }

    private static int? Loop(XElement verb) =>
        int.TryParse(Text(verb, "loop"), NumberStyles.None, CultureInfo.InvariantCulture, out var loop) ? loop : null;

    private static TimeSpan Length(XElement pause, List<Notice> warnings)
    {
        var text = Text(pause, "length") ?? "1";
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0)
            return TimeSpan.FromSeconds(seconds);
        warnings.Add(new Notice(13910, $"Pause: Invalid length value '{text}'"));
        return TimeSpan.FromSeconds(1);
    }

    internal static void CheckAttributes(XElement element, List<Notice> warnings)
    {
        var name = element.Name.ToString();
        foreach (var attribute in element.Attributes().Where(a => !TwimlSchema.HasAttribute(name, a.Name.ToString())))
            Warn(warnings, $"Attribute '{attribute.Name}' is not allowed to appear in element '{name}'");
    }

    internal static string? Text(XElement element, string attribute) => element.Attribute(attribute)?.Value;

    private static string Method(XElement element, string attribute) => Text(element, attribute)?.ToUpperInvariant() == "GET" ? "GET" : "POST";

    private static void Warn(List<Notice> warnings, string message) => warnings.Add(new Notice(12200, message));
}
