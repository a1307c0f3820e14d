using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Rapida.TwilioEmulator.Accounts;
using Rapida.TwilioEmulator.Callees;
using Rapida.TwilioEmulator.Calls;
using Rapida.TwilioEmulator.Line;

namespace Rapida.TwilioEmulator.Outbound;

/// <summary>The form of a call's creation: what is wrong with it, or the order that it makes.</summary>
/// <param name="form">As posted.</param>
/// <param name="findNumber">The SID of a number from which the account may call; null: it may not.</param>
internal sealed partial class CallForm(IFormCollection form, Func<string, string?> findNumber)
{
    private const int MostTwiml = 4_000;
    private const int MostDigits = 32;

    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        "To", "From", "Method", "FallbackUrl", "FallbackMethod", "StatusCallback", "StatusCallbackEvent", "StatusCallbackMethod", "SendDigits",
        "Timeout", "Record", "RecordingChannels", "RecordingStatusCallback", "RecordingStatusCallbackMethod", "RecordingConfigurationId",
        "SipAuthUsername", "SipAuthPassword", "MachineDetection", "MachineDetectionTimeout", "RecordingStatusCallbackEvent", "Trim", "CallerId",
        "MachineDetectionSpeechThreshold", "MachineDetectionSpeechEndThreshold", "MachineDetectionSilenceTimeout", "AsyncAmd",
        "AsyncAmdStatusCallback", "AsyncAmdStatusCallbackMethod", "Byoc", "CallReason", "CallToken", "RecordingTrack", "TimeLimit",
        "ClientNotificationUrl", "Url", "Twiml", "ApplicationSid");

    /// <summary>Null: nothing is wrong, and the order can be read.</summary>
    public Notice? Problem() => Numbers() ?? Document() ?? Addresses() ?? Methods() ?? Times() ?? Digits() ?? Detection();

    public CallOrder Read() =>
        new(Text("To"), Text("From"), findNumber(Text("From"))!, Source())
        {
            Fallback = CallbackAddress.From(Text("FallbackUrl"), Method("FallbackMethod")),
            StatusCallback = CallbackAddress.From(Text("StatusCallback"), Method("StatusCallbackMethod")),
            Events = Events().DefaultIfEmpty(ProgressEvent.Completed).ToFrozenSet(),
            Timeout = Seconds("Timeout", 60),
            TimeLimit = Seconds("TimeLimit", 14_400),
            SendDigits = Has("SendDigits") ? Text("SendDigits") : null,
            Detection = Has("MachineDetection") ? DetectionOrder() : null,
            Warnings = [.. Warnings()],
        };

    private Notice? Numbers() => (Text("To"), Text("From")) switch
    {
        ("", _) => new Notice(21201, "No 'To' number is specified"),
        (_, "") => new Notice(21213, "No 'From' number is specified"),
        var (to, _) when !E164().IsMatch(to) => new Notice(21211, $"The 'To' number {to} is not a valid phone number."),
        var (to, from) when to == from => new Notice(21211, "The 'To' and 'From' numbers must not be the same."),
        var (_, from) when !E164().IsMatch(from) => new Notice(21212, $"The 'From' number {from} is not a valid phone number."),
        var (to, from) => TestNumbers.ProblemOf(to, from) ?? (findNumber(from) is null
            ? new Notice(21210, $"The source phone number provided, {from}, is not yet verified for your account.")
            : null),
    };

    private Notice? Document()
    {
        if (Has("ApplicationSid"))
            return new Notice(21218, "Invalid ApplicationSid: this emulator has no TwiML applications.");
        if (!Has("Url") && !Has("Twiml"))
            return new Notice(21205, "Url parameter is required.");
        return !Has("Url") && Text("Twiml").Length > MostTwiml
            ? new Notice(32018, $"Twiml is longer than {MostTwiml} characters")
            : null;
    }

    private Notice? Addresses()
    {
        foreach (var (field, code) in ((string, int)[])[("Url", 21205), ("FallbackUrl", 21205), ("StatusCallback", 21609), ("AsyncAmdStatusCallback", 21609)])
        {
            if (Has(field) && (!RestForm.IsWebAddress(Text(field)) || (code == 21609 && new Uri(Text(field)).Host.Contains('_', StringComparison.Ordinal))))
                return new Notice(code, $"{field} is not a valid URL: {Text(field)}");
        }
        return form["StatusCallbackEvent"].FirstOrDefault(e => e is not ("initiated" or "ringing" or "answered" or "completed")) is { } unknown
            ? new Notice(21626, $"StatusCallbackEvent is not valid: {unknown}")
            : null;
    }

    private Notice? Methods() => ((string[])["Method", "FallbackMethod", "StatusCallbackMethod", "AsyncAmdStatusCallbackMethod"])
        .Where(field => Method(field) is not ("GET" or "POST"))
        .Select(field => new Notice(21209, $"{field} is not valid: must be GET or POST"))
        .FirstOrDefault();

    private Notice? Times() =>
        Number("Timeout", 1, 600) is { } timeout ? new Notice(21208, timeout)
        : Number("TimeLimit", 1, RestForm.SecondsADay) is { } limit ? new Notice(20001, limit)
        : null;

    private Notice? Digits() => Has("SendDigits") && (Text("SendDigits").Length > MostDigits || !Dtmf.IsValid(Text("SendDigits")))
        ? new Notice(21206, $"SendDigits are at most {MostDigits} of 0 to 9, A to D, #, *, w and W")
        : null;

    private Notice? Detection()
    {
        var problem = Text("MachineDetection") is "" or "Enable" or "DetectMessageEnd"
            ? Text("AsyncAmd").ToLowerInvariant() is "" or "true" or "false" ? null : "AsyncAmd is true or false"
            : "MachineDetection is Enable or DetectMessageEnd";
        problem ??= Number("MachineDetectionTimeout", 3, 59) ?? Number("MachineDetectionSpeechThreshold", 1_000, 6_000)
            ?? Number("MachineDetectionSpeechEndThreshold", 500, 5_000) ?? Number("MachineDetectionSilenceTimeout", 2_000, 10_000);
        return problem is null ? null : new Notice(21234, problem);
    }

    private IEnumerable<Notice> Warnings()
    {
        if (Has("Url") && Has("Twiml"))
            yield return new Notice(32019, "Twiml and Voice URL are both set. Using Voice URL.");
        if (Has("MachineDetection") && IsAsync() && !Has("AsyncAmdStatusCallback"))
            yield return new Notice(21262, "No AMD status callback URL provided");
        if (Text("Record").Equals("true", StringComparison.OrdinalIgnoreCase))
            yield return new Notice(0, "This emulator does not carry out 'Record' of a call; it was skipped.");
        foreach (var unknown in form.Keys.Where(k => !Known.Contains(k)))
            yield return new Notice(20001, $"Unknown parameter {unknown}");
    }

    private DocumentSource Source() => Has("Url")
        ? new DocumentSource.Remote("voice", Text("Url"), Method("Method"))
        : new DocumentSource.Inline(Text("Twiml"));

    private IEnumerable<ProgressEvent> Events() => form["StatusCallbackEvent"].Select(e => Enum.Parse<ProgressEvent>(e!, ignoreCase: true));

    private DetectionOrder DetectionOrder() => new(
        Text("MachineDetection") == "DetectMessageEnd", IsAsync(), Seconds("MachineDetectionTimeout", 30),
        CallbackAddress.From(Text("AsyncAmdStatusCallback"), Method("AsyncAmdStatusCallbackMethod")));

    private bool IsAsync() => Text("AsyncAmd").Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null: absent, or a number in range.</summary>
    private string? Number(string field, int least, int most) =>
        Has(field) && !RestForm.IsNumber(Text(field), least, most) ? $"{field} is a whole number from {least} to {most}" : null;

    private TimeSpan Seconds(string field, int usual) =>
        TimeSpan.FromSeconds(Has(field) ? int.Parse(Text(field), NumberStyles.None, CultureInfo.InvariantCulture) : usual);

    private string Method(string field) => Has(field) ? Text(field).ToUpperInvariant() : "POST";

    private bool Has(string field) => Text(field).Length > 0;

    private string Text(string field) => form[field].ToString();

    [GeneratedRegex(@"^\+[1-9]\d{1,14}$")]
    private static partial Regex E164();
}
