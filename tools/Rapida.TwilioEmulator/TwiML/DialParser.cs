using System.Globalization;
using System.Xml.Linq;
using Rapida.TwilioEmulator.Calls;

namespace Rapida.TwilioEmulator.TwiML;

/// <summary>Reads <c>&lt;Dial&gt;</c>. A value that Twilio does not take earns its warning, and the default holds.</summary>
internal static class DialParser
{
    private static readonly string[] CarriedOut = ["action", "method", "timeout", "timeLimit", "callerId", "answerOnBridge", "hangupOnStar"];
    private static readonly string[] OtherNouns = ["Client", "Conference", "Queue", "Sim", "Sip", "Application", "WhatsApp"];

    public static Verb Read(XElement dial, List<Notice> warnings)
    {
        var usual = new DialVerb(Number(dial, warnings));
        if (usual.Number.Length == 0 && dial.Elements().FirstOrDefault(e => OtherNouns.Contains(e.Name.ToString())) is { } other)
            return new UnsupportedVerb($"<Dial> of a <{other.Name}>");

        WarnOfTheRest(dial, CarriedOut, warnings);
        return usual with
        {
            Action = TwimlParser.Text(dial, "action"),
            Method = Method(dial, warnings),
            CallerId = TwimlParser.Text(dial, "callerId"),
            Timeout = Seconds(dial, "timeout", usual.Timeout, TimeSpan.FromSeconds(600), new Notice(13212, "Dial: Invalid timeout value"), warnings),
            TimeLimit = Seconds(dial, "timeLimit", usual.TimeLimit, usual.TimeLimit, new Notice(13216, "Dial: Invalid timeLimit value"), warnings),
            AnswerOnBridge = Flag(dial, "answerOnBridge", new Notice(13219, "Dial: Invalid answerOnBridge value"), warnings),
            HangupOnStar = Flag(dial, "hangupOnStar", new Notice(13213, "Dial: Invalid hangupOnStar value"), warnings),
        };
    }

    // <Dial>+1…</Dial> or <Dial><Number>+1…</Number></Dial>
    private static string Number(XElement dial, List<Notice> warnings)
    {
        var number = string.Concat(dial.Nodes().OfType<XText>().Select(t => t.Value)).Trim();
        foreach (var child in dial.Elements())
        {
            if (child.Name != "Number")
            {
                if (!OtherNouns.Contains(child.Name.ToString()))
                    warnings.Add(new Notice(13215, $"Dial: Invalid nested element '{child.Name}'"));
                continue;
            }
            TwimlParser.CheckAttributes(child, warnings);
            WarnOfTheRest(child, [], warnings);
            if (number.Length == 0)
                number = child.Value.Trim();
            else
                warnings.Add(new Notice(0, "This emulator dials one number at a time; those after the first were skipped."));
        }
        return number;
    }

    private static void WarnOfTheRest(XElement element, string[] carriedOut, List<Notice> warnings)
    {
        foreach (var name in element.Attributes().Select(a => a.Name.ToString()))
        {
            if (TwimlSchema.HasAttribute(element.Name.ToString(), name) && !carriedOut.Contains(name))
                warnings.Add(new Notice(0, $"This emulator does not carry out '{name}' of <{element.Name}>; it was skipped."));
        }
    }

    private static string Method(XElement dial, List<Notice> warnings)
    {
        var method = (TwimlParser.Text(dial, "method") ?? "POST").ToUpperInvariant();
        if (method is "GET" or "POST")
            return method;
        warnings.Add(new Notice(13210, "Dial: Invalid method value"));
        return "POST";
    }

    private static TimeSpan Seconds(XElement dial, string attribute, TimeSpan usual, TimeSpan most, Notice invalid, List<Notice> warnings)
    {
        if (TwimlParser.Text(dial, attribute) is not { } text)
            return usual;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 && seconds <= most.TotalSeconds)
            return TimeSpan.FromSeconds(seconds);
        warnings.Add(invalid);
        return usual;
    }

    private static bool Flag(XElement dial, string attribute, Notice invalid, List<Notice> warnings)
    {
        var text = TwimlParser.Text(dial, attribute);
        if (text is not (null or "true" or "false"))
            warnings.Add(invalid);
        return text == "true";
    }
}
