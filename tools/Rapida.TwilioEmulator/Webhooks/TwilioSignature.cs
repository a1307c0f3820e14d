using System.Security.Cryptography;
using System.Text;

namespace Rapida.TwilioEmulator.Webhooks;

/// <summary>X-Twilio-Signature: HMAC-SHA1 over the requested URL and the sorted form, keyed by the account's auth token.</summary>
internal static class TwilioSignature
{
    public const string Header = "X-Twilio-Signature";

    /// <param name="authToken">The token of the account in <c>AccountSid</c>.</param>
    /// <param name="url">What is requested, byte for byte; see <see cref="WebhookAddress.SignedUrl"/>.</param>
    /// <param name="form">The POST fields, decoded once. Empty for GET and WebSocket upgrades.</param>
    public static string Compute(string authToken, string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        var signed = new StringBuilder(url);
        foreach (var (key, value) in form.Distinct().OrderBy(p => p.Key, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal))
            signed.Append(key).Append(value);

#pragma warning disable CA5350 // Twilio's scheme is SHA-1.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(signed.ToString())));
#pragma warning restore CA5350
    }
}
