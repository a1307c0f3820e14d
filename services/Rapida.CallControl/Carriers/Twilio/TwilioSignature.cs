using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Rapida.ServiceDefaults.Privacy;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>
/// X-Twilio-Signature: base64(HMAC-SHA1(auth token, URL + sorted form fields)). The URL is what Twilio requested, byte for byte; the
/// fields are decoded once. The official validator refuses repeated fields that Twilio's own libraries sign, so this is ours.
/// </summary>
internal static partial class TwilioSignature
{
    /// <summary>Whether Twilio signed this request. Twilio drops the port of an https voice URL and keeps that of http, so both are tried.</summary>
    /// <param name="token">The account's auth token.</param>
    /// <param name="url">Scheme, host, path and query as requested; no fragment.</param>
    /// <param name="form">The fields of a form POST, decoded once; none for GET and for a WebSocket.</param>
    /// <param name="signature">The header; null when it was not sent.</param>
    public static bool IsValid(Secret token, string url, IReadOnlyCollection<KeyValuePair<string, string>> form, string? signature) =>
        signature is not null && WithAndWithoutPort(url).Any(candidate => Same(Compute(token, candidate, form), signature));

    /// <summary>The same for a JSON body, which the URL vouches for: its query holds <c>bodySHA256</c>, in lower-case hexadecimal.</summary>
    public static bool IsValidJson(Secret token, string url, ReadOnlySpan<byte> body, string? signature) =>
        BodyHash().Match(url) is { Success: true } hash
        && Same(Convert.ToHexStringLower(SHA256.HashData(body)), hash.Groups[1].Value)
        && IsValid(token, url, [], signature);

    /// <summary>The same for the upgrade of a media stream: some accounts sign the URL with a slash at the end.</summary>
    public static bool IsValidUpgrade(Secret token, string url, string? signature) =>
        IsValid(token, url, [], signature) || IsValid(token, url + "/", [], signature);

    /// <summary>The signature that Twilio would send.</summary>
    public static string Compute(Secret token, string url, IReadOnlyCollection<KeyValuePair<string, string>> form)
    {
        var signed = new StringBuilder(url);
        foreach (var field in form.GroupBy(field => field.Key, StringComparer.Ordinal).OrderBy(field => field.Key, StringComparer.Ordinal))
            foreach (var value in field.Select(pair => pair.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
                signed.Append(field.Key).Append(value);
#pragma warning disable CA5350 // SHA-1 is Twilio's choice; as a keyed HMAC it still holds.
        return Convert.ToBase64String(
            HMACSHA1.HashData(Encoding.UTF8.GetBytes(token.Reveal()), Encoding.UTF8.GetBytes(signed.ToString())));
#pragma warning restore CA5350
    }

    // By cutting the text: Uri and UriBuilder would decode, lower-case or re-encode what was signed.
    private static IEnumerable<string> WithAndWithoutPort(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            yield break;

        var authority = scheme + 3;
        var end = url.IndexOfAny(['/', '?', '#'], authority);
        if (end < 0)
            end = url.Length;
        var at = end > authority ? url.LastIndexOf('@', end - 1, end - authority) : -1;
        var host = at < 0 ? authority : at + 1;
        var bracket = url.IndexOf(']', host, end - host);
        var colon = url.IndexOf(':', bracket < 0 ? host : bracket, end - (bracket < 0 ? host : bracket));

        yield return url[..(colon < 0 ? end : colon)] + url[end..];
        var isTls = url.StartsWith("https:", StringComparison.OrdinalIgnoreCase) || url.StartsWith("wss:", StringComparison.OrdinalIgnoreCase);
        yield return colon < 0 ? url[..end] + (isTls ? ":443" : ":80") + url[end..] : url;
    }

    [GeneratedRegex("[?&]bodySHA256=([^&#]*)")]
    private static partial Regex BodyHash();

    private static bool Same(string expected, string actual) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(actual));
}
