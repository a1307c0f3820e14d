using System.Text.RegularExpressions;
using Rapida.TwilioEmulator.Accounts;

namespace Rapida.TwilioEmulator.Numbers;

/// <summary>The form of a number's creation or update: what it names is changed, an empty value clears, the rest stays.</summary>
internal sealed partial class NumberForm(IFormCollection form)
{
    private const int LongestName = 64;

    private static readonly (string Field, int Code)[] Urls =
        [("VoiceUrl", 21402), ("VoiceFallbackUrl", 21402), ("SmsUrl", 21402), ("SmsFallbackUrl", 21402), ("StatusCallback", 21502)];

    private static readonly string[] Methods =
        ["VoiceMethod", "VoiceFallbackMethod", "StatusCallbackMethod", "SmsMethod", "SmsFallbackMethod"];

    private static readonly (string Field, string Prefix)[] Sids = [("VoiceApplicationSid", "AP"), ("SmsApplicationSid", "AP"), ("TrunkSid", "TK")];

    public (IncomingNumber Number, IResult? Error) Apply(IncomingNumber number, DateTimeOffset now)
    {
        if (Problem() is { } problem)
            return (number, problem);

        // A trunk deletes the application, and an application the trunk.
        var (application, trunk) = (Changed("VoiceApplicationSid", number.VoiceApplicationSid), Changed("TrunkSid", number.TrunkSid));
        var updated = number with
        {
            FriendlyName = Text("FriendlyName") ?? number.FriendlyName,
            VoiceUrl = Changed("VoiceUrl", number.VoiceUrl),
            VoiceMethod = Method("VoiceMethod", number.VoiceMethod),
            VoiceFallbackUrl = Changed("VoiceFallbackUrl", number.VoiceFallbackUrl),
            VoiceFallbackMethod = Method("VoiceFallbackMethod", number.VoiceFallbackMethod),
            StatusCallback = Changed("StatusCallback", number.StatusCallback),
            StatusCallbackMethod = Method("StatusCallbackMethod", number.StatusCallbackMethod),
            VoiceApplicationSid = Text("TrunkSid") is { Length: > 0 } ? null : application,
            TrunkSid = Text("TrunkSid") is not { Length: > 0 } && Text("VoiceApplicationSid") is { Length: > 0 } ? null : trunk,
            VoiceCallerIdLookup = Text("VoiceCallerIdLookup") is { } lookup ? lookup.Equals("true", StringComparison.OrdinalIgnoreCase) : number.VoiceCallerIdLookup,
            VoiceReceiveMode = Text("VoiceReceiveMode") is { Length: > 0 } mode ? mode : number.VoiceReceiveMode,
            SmsUrl = Changed("SmsUrl", number.SmsUrl),
            SmsMethod = Method("SmsMethod", number.SmsMethod),
            SmsFallbackUrl = Changed("SmsFallbackUrl", number.SmsFallbackUrl),
            SmsFallbackMethod = Method("SmsFallbackMethod", number.SmsFallbackMethod),
            SmsApplicationSid = Changed("SmsApplicationSid", number.SmsApplicationSid),
            UpdatedAt = now,
        };
        return updated is { VoiceFallbackUrl: not null, VoiceUrl: null }
            ? (number, Invalid(21405, "Cannot set VoiceFallbackUrl without setting VoiceUrl"))
            : (updated, null);
    }

    private IResult? Problem()
    {
        foreach (var (field, code) in Urls)
        {
            if (Text(field) is { Length: > 0 } url && !RestForm.IsWebAddress(url))
                return Invalid(code, $"{field} is not a valid URL: {url}");
        }
        foreach (var field in Methods)
        {
            if (Text(field) is { } method && method.ToUpperInvariant() is not ("GET" or "POST"))
                return Invalid(21209, $"{field} is not valid: {method}");
        }
        foreach (var (field, prefix) in Sids)
        {
            if (Text(field) is { Length: > 0 } sid && !(sid.StartsWith(prefix, StringComparison.Ordinal) && AnySid().IsMatch(sid)))
                return Invalid(20001, $"{field} is not valid: {sid}");
        }
        if (Text("VoiceReceiveMode") is not (null or "" or "voice" or "fax"))
            return Invalid(20001, "VoiceReceiveMode is voice or fax");
        return Text("FriendlyName")?.Length > LongestName ? Invalid(20001, $"FriendlyName is longer than {LongestName} characters") : null;
    }

    private string? Text(string field) => form.TryGetValue(field, out var value) ? value.ToString() : null;

    private string? Changed(string field, string? current) => Text(field) is { } value ? (value.Length == 0 ? null : value) : current;

    private string Method(string field, string current) => Text(field)?.ToUpperInvariant() ?? current;

    private static IResult Invalid(int code, string message) => RestError.Of(StatusCodes.Status400BadRequest, code, message);

    [GeneratedRegex("^[A-Z]{2}[0-9a-fA-F]{32}$")]
    private static partial Regex AnySid();
}
