using Rapida.TwilioEmulator.Accounts;

namespace Rapida.TwilioEmulator.Numbers;

/// <summary>The form of a number's creation or update: what it names is changed, an empty value clears, the rest stays.</summary>
internal sealed class NumberForm(IFormCollection form)
{
    public (IncomingNumber Number, IResult? Error) Apply(IncomingNumber number, DateTimeOffset now)
    {
        foreach (var field in (string[])["VoiceUrl", "VoiceFallbackUrl", "StatusCallback"])
        {
            if (Text(field) is { Length: > 0 } url && !RestForm.IsWebAddress(url))
                return (number, Invalid(field == "StatusCallback" ? 21502 : 21402, $"{field} is not a valid URL: {url}"));
        }
        foreach (var field in (string[])["VoiceMethod", "VoiceFallbackMethod", "StatusCallbackMethod"])
        {
            if (Text(field) is { } method && method.ToUpperInvariant() is not ("GET" or "POST"))
                return (number, Invalid(21209, $"{field} is not valid: {method}"));
        }

        var updated = number with
        {
            FriendlyName = Text("FriendlyName") ?? number.FriendlyName,
            VoiceUrl = Address("VoiceUrl", number.VoiceUrl),
            VoiceMethod = Method("VoiceMethod", number.VoiceMethod),
            VoiceFallbackUrl = Address("VoiceFallbackUrl", number.VoiceFallbackUrl),
            VoiceFallbackMethod = Method("VoiceFallbackMethod", number.VoiceFallbackMethod),
            StatusCallback = Address("StatusCallback", number.StatusCallback),
            StatusCallbackMethod = Method("StatusCallbackMethod", number.StatusCallbackMethod),
            UpdatedAt = now,
        };
        return updated is { VoiceFallbackUrl: not null, VoiceUrl: null }
            ? (number, Invalid(21405, "Cannot set VoiceFallbackUrl without setting VoiceUrl"))
            : (updated, null);
    }

    private string? Text(string field) => form.TryGetValue(field, out var value) ? value.ToString() : null;

    private string? Address(string field, string? current) => Text(field) is { } url ? (url.Length == 0 ? null : url) : current;

    private string Method(string field, string current) => Text(field)?.ToUpperInvariant() ?? current;

    private static IResult Invalid(int code, string message) => RestError.Of(StatusCodes.Status400BadRequest, code, message);
}
