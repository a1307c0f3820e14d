using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>
/// X-Twilio-Signature: base64(HMAC-SHA1(auth token, URL + sorted form fields)). The URL is what Twilio requested, byte for byte; the
/// fields are decoded once. The official validator refuses repeated fields that Twilio's own libraries sign, so this is ours.
/// </summary>
internal static partial class TwilioSignature
{
    /// <summary>Characters of a signature: 20 bytes in base64.</summary>
    public const int Length = 28;

    // ":443"
    private const int MostPort = 4;

    // Twilio sends some 30: to put each in its place is quicker then than a better algorithm. A form may have a thousand.
    private const int FewFields = 48;

    /// <summary>Whether Twilio signed this request. Twilio drops the port of an https voice URL and keeps that of http, so both are tried.</summary>
    /// <param name="key">Of the account's Auth Token.</param>
    /// <param name="url">Scheme, host, path and query as requested; no fragment.</param>
    /// <param name="form">The fields of a form POST, decoded once; none for GET and for a WebSocket.</param>
    /// <param name="signature">The header; null when it was not sent.</param>
    public static bool IsValid(SigningKey key, string url, IReadOnlyCollection<KeyValuePair<string, string>> form, string? signature)
    {
        if (signature?.Length != Length || !TrySplit(url, out var address))
            return false;

        KeyValuePair<string, string>[] fields = [.. form];
        Span<int> order = fields.Length <= FewFields ? stackalloc int[FewFields] : new int[fields.Length];
        order = order[..fields.Length];
        Sort(fields, order);
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(url.Length + MostPort + CharactersOf(fields)));
        try
        {
            return IsSigned(key, address.Before, "", address.After, fields, order, buffer, signature)
                || IsSigned(key, address.Before, address.Port, address.After, fields, order, buffer, signature);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The same for a JSON body, which the URL vouches for: its query holds <c>bodySHA256</c>, in lower-case hexadecimal.</summary>
    public static bool IsValidJson(SigningKey key, string url, ReadOnlySpan<byte> body, string? signature) =>
        BodyHash().Match(url) is { Success: true } hash
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(body))), Encoding.ASCII.GetBytes(hash.Groups[1].Value))
        && IsValid(key, url, [], signature);

    /// <summary>The same for the upgrade of a media stream: some accounts sign the URL with a slash at the end.</summary>
    public static bool IsValidUpgrade(SigningKey key, string url, string? signature) =>
        IsValid(key, url, [], signature) || IsValid(key, url + "/", [], signature);

    private static bool IsSigned(
        SigningKey key, ReadOnlySpan<char> beforePort, ReadOnlySpan<char> port, ReadOnlySpan<char> afterPort, KeyValuePair<string, string>[] fields,
        ReadOnlySpan<int> order, Span<byte> buffer, string signature)
    {
        var length = Append(beforePort, buffer, 0);
        length = Append(port, buffer, length);
        length = Append(afterPort, buffer, length);
        for (var i = 0; i < order.Length; i++)
        {
            ref var field = ref fields[order[i]];
            // What is there twice counts once.
            if (i == 0 || Compare(fields[order[i - 1]], field) != 0)
                length = Append(field.Value, buffer, Append(field.Key, buffer, length));
        }

        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        Span<byte> expected = stackalloc byte[Length];
        Span<byte> actual = stackalloc byte[Encoding.UTF8.GetMaxByteCount(Length)];
        key.Sign(buffer[..length], mac);
        Base64.EncodeToUtf8(mac, expected, out _, out _);
        return CryptographicOperations.FixedTimeEquals(expected, actual[..Encoding.UTF8.GetBytes(signature, actual)]);
    }

    private static int Append(ReadOnlySpan<char> text, Span<byte> buffer, int length) => length + Encoding.UTF8.GetBytes(text, buffer[length..]);

    /// <summary>The places of the fields by name and then by value, as UTF-16 code units.</summary>
    private static void Sort(KeyValuePair<string, string>[] fields, Span<int> order)
    {
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        if (order.Length > FewFields)
        {
            order.Sort((left, right) => Compare(fields[left], fields[right]));
            return;
        }

        for (var i = 1; i < order.Length; i++)
        {
            var place = i;
            for (; place > 0 && Compare(fields[order[place - 1]], fields[i]) > 0; place--)
                order[place] = order[place - 1];
            order[place] = i;
        }
    }

    private static int Compare(in KeyValuePair<string, string> left, in KeyValuePair<string, string> right) =>
        string.CompareOrdinal(left.Key, right.Key) is not 0 and var order ? order : string.CompareOrdinal(left.Value, right.Value);

    private static int CharactersOf(KeyValuePair<string, string>[] fields)
    {
        var characters = 0;
        foreach (var (name, value) in fields)
            characters += name.Length + value.Length;
        return characters;
    }

    private readonly ref struct Address
    {
        public ReadOnlySpan<char> Before { get; init; }

        public ReadOnlySpan<char> Port { get; init; }

        public ReadOnlySpan<char> After { get; init; }
    }

    // By cutting the text: Uri and UriBuilder would decode, lower-case or re-encode what was signed.
    private static bool TrySplit(string url, out Address address)
    {
        address = default;
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            return false;

        var authority = scheme + 3;
        var end = url.IndexOfAny(['/', '?', '#'], authority);
        if (end < 0)
            end = url.Length;
        var at = end > authority ? url.LastIndexOf('@', end - 1, end - authority) : -1;
        var host = at < 0 ? authority : at + 1;
        var bracket = url.IndexOf(']', host, end - host);
        var colon = url.IndexOf(':', bracket < 0 ? host : bracket, end - (bracket < 0 ? host : bracket));
        var isTls = url.StartsWith("https:", StringComparison.OrdinalIgnoreCase) || url.StartsWith("wss:", StringComparison.OrdinalIgnoreCase);
        address = new Address
        {
            Before = url.AsSpan(0, colon < 0 ? end : colon),
            Port = colon < 0 ? isTls ? ":443" : ":80" : url.AsSpan(colon, end - colon),
            After = url.AsSpan(end),
        };
        return true;
    }

    [GeneratedRegex("[?&]bodySHA256=([^&#]*)")]
    private static partial Regex BodyHash();
}
