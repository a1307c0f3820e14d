namespace Rapida.TwilioEmulator.Calls;

/// <summary>A URL of the customer and how it is asked.</summary>
internal sealed record CallbackAddress(string Url, string Method)
{
    public static CallbackAddress? From(string? url, string method) => string.IsNullOrEmpty(url) ? null : new CallbackAddress(url, method);
}
