using System.Text.Json;

namespace CallControl.Tests;

/// <summary>A webhook and its signature, at random: some are Twilio's, and in some a little is wrong.</summary>
/// <param name="IsOfRewrittenUrl">What was signed is neither the URL nor the URL with another port.</param>
internal sealed record SignedRequest(
    string Token, string Url, IReadOnlyList<KeyValuePair<string, string>> Form, string Signature, bool IsOfRewrittenUrl)
{
    private static readonly string[] Schemes = ["https", "https", "https", "http", "HTTPS", "Http"];
    private static readonly string[] Users = ["", "", "", "user@", "user:pass@", "User:P%40ss@"];
    private static readonly string[] Hosts = ["voice.example.com", "Voice.Example.COM", "example.com.", "127.0.0.1", "[::1]", "xn--bcher-kva.example"];
    private static readonly string[] Ports = ["", "", "", ":443", ":80", ":8443"];
    private static readonly string[] Pieces =
        ["a", "Z9", "/", "//", "%2F", "%2f", "%20", "+", "'", "it's", ";", ":", "@", "~", "!", "(x)", "é", "%C3%A9", "✓", "=", "&", "x-api-key=", "CallSid=CA1", "%", ".", "..", "*", ","];

    private static readonly string[] Names = ["CallSid", "From", "To", "Body", "a", "A", "ab", "Digits", "SpeechResult", "é", "x y", "0", "10", "9"];
    private static readonly string[] Values = ["", "+14155550100", "a", "A", "b c", " padded ", "é✓", "𝄞", "100%", "a&b=c", "\n", "completed", "From"];

    public static SignedRequest Random(Random random)
    {
        var (token, form) = (Convert.ToHexStringLower(Bytes(random, 16)), Fields(random));
        var (door, host, port) = (Pick(random, Schemes) + "://" + Pick(random, Users), Pick(random, Hosts), Pick(random, Ports));
        var target = "/" + Text(random, 5) + (random.Next(2) == 0 ? "?" + Text(random, 6) : "");
        var url = door + host + port + target;
        var isTls = door.StartsWith("https", StringComparison.OrdinalIgnoreCase);
        var variants = new[] { door + host + target, port.Length > 0 ? url : door + host + (isTls ? ":443" : ":80") + target };

        var signedUrl = random.Next(10) switch
        {
            < 6 => variants[random.Next(2)],
            6 when Uri.TryCreate(url, UriKind.Absolute, out var normal) => normal.AbsoluteUri,
            7 => door + host + ":8080" + target,
            8 => (isTls ? "http://" : "https://") + host + target,
            _ => url + "/",
        };
        var signature = TwilioSays.Signature(
            random.Next(12) == 0 ? token + "0" : token, signedUrl, Spoil(random, form).Select(field => (field.Key, field.Value)));
        return new SignedRequest(token, url, form, SpoilSignature(random, signature), !variants.Contains(signedUrl));
    }

    public string ToJson() => JsonSerializer.Serialize(new
    {
        token = Token,
        url = Url,
        @params = Form.GroupBy(field => field.Key).ToDictionary(
            field => field.Key, field => field.Count() == 1 ? (object)field.Single().Value : field.Select(pair => pair.Value).ToArray()),
        signature = Signature,
    });

    private static List<KeyValuePair<string, string>> Fields(Random random) =>
        [.. Enumerable.Range(0, random.Next(50) == 0 ? 60 : random.Next(8)).Select(_ => KeyValuePair.Create(Pick(random, Names), Pick(random, Values)))];

    private static List<KeyValuePair<string, string>> Spoil(Random random, List<KeyValuePair<string, string>> form) => random.Next(12) switch
    {
        0 when form.Count > 0 => form[1..],
        1 => [.. form, new("Extra", "1")],
        2 => [.. form.Select(field => KeyValuePair.Create(field.Key, field.Value.Trim()))],
        _ => form,
    };

    private static string SpoilSignature(Random random, string signature) => random.Next(24) switch
    {
        0 => "",
        1 => signature[..^1],
        2 => signature + "=",
        3 => " " + signature,
        4 => signature.ToLowerInvariant(),
        5 => signature.Replace('+', '-').Replace('/', '_'),
        6 => new string('é', 28),
        _ => signature,
    };

    private static string Text(Random random, int most) => string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => Pick(random, Pieces)));

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
