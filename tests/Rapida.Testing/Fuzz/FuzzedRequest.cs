using System.Text;

namespace Rapida.Testing.Fuzz;

/// <summary>A request as it goes over the wire, right or wrong.</summary>
/// <param name="Kind">What is wrong with it, for the report.</param>
/// <param name="Bytes">From the request line on.</param>
/// <param name="MustBeAnswered">It is HTTP, and within the limits: a connection that is closed without an answer is a fault.</param>
/// <param name="EndsConnection">Nothing can be sent behind it.</param>
public sealed record FuzzedRequest(string Kind, byte[] Bytes, bool MustBeAnswered = true, bool EndsConnection = false)
{
    /// <summary>Its answer has no body, whatever its header says.</summary>
    public bool IsHead => Bytes.AsSpan().StartsWith("HEAD "u8);

    /// <summary>Puts a request together.</summary>
    public static FuzzedRequest Of(string kind, string method, string target, IEnumerable<string> headers, byte[] body, bool mustBeAnswered = true)
    {
        var head = $"{method} {target} HTTP/1.1\r\nHost: door\r\n{string.Concat(headers.Select(header => header + "\r\n"))}Content-Length: {body.Length}\r\n\r\n";
        return new(kind, [.. Encoding.UTF8.GetBytes(head), .. body], mustBeAnswered);
    }
}

/// <summary>Makes requests up: forms, bodies, heads and targets that are wrong, and requests that are no HTTP any more.</summary>
/// <param name="random">Seeded.</param>
/// <param name="maxBodyBytes">The service takes no larger body, and may close while one is still being sent.</param>
public sealed class RequestFuzz(Random random, int maxBodyBytes)
{
    private const string Form = "Content-Type: application/x-www-form-urlencoded";

    private static readonly string[] ContentTypes =
    [
        Form, Form + "; charset=utf-8", Form + "; charset=utf-16", Form + "; charset=utf-7", Form + "; charset=nonsense", Form + ";;=", "Content-Type: text/plain",
        "Content-Type: ", "Content-Type: /", "Content-Type: application/json", "Content-Type: application/json; charset=utf-16", "Content-Type: multipart/form-data",
        "Content-Type: multipart/form-data; boundary=", "Content-Type: multipart/form-data; boundary=b", "Content-Type: multipart/form-data; boundary=\"b\"",
        "Content-Type: multipart/mixed; boundary=b", "Content-Type: multipart/form-data; boundary=" + new string('b', 200), "X: y",
    ];

    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "PATCH", "get", "PROPFIND", "M-SEARCH", "X"];

    private static readonly string[] Headers =
    [
        "X-Twilio-Signature: ", "X-Twilio-Signature: x", "X-Twilio-Signature: " + new string('A', 28), "X-Twilio-Signature: " + new string('=', 5_000),
        "X-Twilio-Signature: é✓", "X-Forwarded-Host: \u00e9", "X-Forwarded-Host: a b/c?d", "X-Forwarded-Proto: ://", "X-Forwarded-For: 1.2.3.4, x, [::1]:99999",
        "Forwarded: for=\"\";;=", "x-api-key: \u00ff", "traceparent: 00-00-00-00", "tracestate: ,,=", "baggage: a=%ZZ;é", "Accept: */*;q=é", "Cookie: =;=;\u00e9",
        "Accept-Encoding: br;q=9", "Range: bytes=9-1", "If-Match: \"", "Authorization: Basic ÿ", "Content-Encoding: gzip", "Content-Language: é", "Expires: 0",
        "Connection: keep-alive, X-A", "TE: trailers", "Trailer: X-A", "Upgrade: h2c", "Expect: 100-continue", "X-Empty:", "Last-Modified: x", "Via: é",
    ];

    /// <summary>A form whose fields were made up, beside those that are given.</summary>
    public List<(string Name, string Value)> Fields(IEnumerable<(string Name, string Value)> given)
    {
        var fields = given.Where(_ => !random.OneIn(40)).ToList();
        for (var more = random.Next(6); more > 0; more--)
            fields.Add((random.OneIn(10) ? FuzzedText.Value(random) : random.Pick(FuzzedText.Names), random.OneIn(3) ? random.Pick(FuzzedText.Words) : FuzzedText.Value(random)));
        for (var i = 0; i < fields.Count; i++)
        {
            if (random.OneIn(25))
                fields[i] = (fields[i].Name, FuzzedText.Value(random));
        }

        return fields;
    }

    /// <summary>Percent-encoded, for a form or a query.</summary>
    public static string Encode(IEnumerable<(string Name, string Value)> fields) =>
        string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"));

    /// <summary>A POST of well-formed fields.</summary>
    public FuzzedRequest Post(string kind, string target, IEnumerable<(string Name, string Value)> fields, string? signature)
    {
        var body = Encoding.ASCII.GetBytes(Encode(fields));
        return FuzzedRequest.Of(kind, "POST", target, SignedBy(signature).Prepend(Form), body, body.Length <= maxBodyBytes);
    }

    /// <summary>A request of any other kind.</summary>
    public FuzzedRequest Next(string target) => random.Next(14) switch
    {
        0 or 1 => Body("broken form", target, Form, FuzzedText.FormBytes(random)),
        2 => Body("many fields", target, Form, Many()),
        3 => Body("huge form", target, Form, Encoding.ASCII.GetBytes("CallSid=" + new string('%', 1 + random.Next(2 * maxBodyBytes)))),
        4 => Body("JSON", target, "Content-Type: application/json", FuzzedJson.Spoil(random, """{"CallSid":"CA1","AccountSid":"AC1","url":"https://a","params":{"a":["b"]}}""")),
        5 => Body("multipart", target, random.Pick(ContentTypes), Multipart()),
        6 => Body("content type", target, random.Pick(ContentTypes), FuzzedText.FormBytes(random)),
        7 => FuzzedRequest.Of("method", random.Pick(Methods), target, [], FuzzedText.FormBytes(random)),
        8 => FuzzedRequest.Of("query", "GET", target + (target.Contains('?', StringComparison.Ordinal) ? "&" : "?") + Query(), SignedBy(null), []),
        9 => FuzzedRequest.Of("target", random.OneIn(2) ? "GET" : "POST", Target(target), [], []),
        10 => FuzzedRequest.Of("headers", "POST", target, random.GetItems(Headers, random.Next(6)), FuzzedText.FormBytes(random)),
        11 => Large(target),
        _ => Broken(target),
    };

    private static IEnumerable<string> SignedBy(string? signature) => signature is null ? [] : [$"X-Twilio-Signature: {signature}"];

    private FuzzedRequest Body(string kind, string target, string contentType, byte[] body) => FuzzedRequest.Of(
        kind, "POST", target, [contentType, .. random.OneIn(3) ? ["X-Twilio-Signature: bm8="] : Array.Empty<string>()], body, body.Length <= maxBodyBytes);

    private byte[] Many() => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, random.Pick([1_000, 1_024, 1_025, 3_000])).Select(i => $"&{i}=" + (i % 2))));

    private byte[] Multipart()
    {
        var text = new StringBuilder();
        for (var parts = random.Next(5); parts > 0; parts--)
            text.Append(random.Pick(["--b\r\n", "--b", "\r\n--b\r\n"])).Append(random.Pick(
            [
                "Content-Disposition: form-data; name=\"CallSid\"\r\n\r\nCA1", "Content-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\nx",
                "Content-Disposition: form-data\r\n\r\nx", "Content-Disposition: é;;\r\n\r\n", "Content-Type: text/plain; charset=utf-7\r\n\r\nx", ": \r\n\r\n",
                "no colon\r\n\r\n", "\r\n", "X: " + new string('x', 20_000) + "\r\n\r\n", "Content-Disposition: form-data; name*=utf-8''%ZZ%00\r\n\r\n\0",
            ])).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.Append(random.Pick(["--b--\r\n", "--b", ""])).ToString());
    }

    // Kestrel refuses other characters in a target, so the odd ones come encoded.
    private string Query() => random.OneIn(2)
        ? Encode(Fields([])) is var fields && fields.Length > 4_000 ? fields[..4_000] : Encode(Fields([]))
        : string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => random.Pick(["%", "%ZZ", "%00", "&", "=", "CallSid=", "%C0%80", "%ED%A0%80", "+", "?", "[", "x-api-key="])));

    private string Target(string target)
    {
        var at = random.Next(1, target.Length);
        return random.Pick(
        [
            target[..at] + random.Pick(["%00", "%", "%2f", "//", "/../", "/./", "%ZZ", "%C0%80", "%ED%A0%80", ";", "\\", "|", "\"", "^", "%0d%0a"]) + target[at..],
            target[..at], "http://elsewhere.example" + target, target + "/", target + "#x", "//" + target, target.ToUpperInvariant(), target + "/" + new string('a', 4_000),
        ]);
    }

    private FuzzedRequest Large(string target) => random.Next(3) switch
    {
        0 => FuzzedRequest.Of("too large", "GET", $"{target}?{new string('q', random.Next(20_000))}", [], [], mustBeAnswered: false),
        1 => FuzzedRequest.Of("too large", "GET", target, [$"X: {new string('h', random.Next(60_000))}"], [], mustBeAnswered: false),
        _ => FuzzedRequest.Of("too large", "GET", target, Enumerable.Range(0, random.Next(200)).Select(i => $"X-{i}: {i}"), [], mustBeAnswered: false),
    };

    private FuzzedRequest Broken(string target)
    {
        var body = random.Pick(["", "a=b", "CallSid=CA1&AccountSid=AC1"]);
        var request = random.Pick(
        [
            $"POST {target} HTTP/1.1\r\nHost: door\r\n{Form}\r\nContent-Length: {body.Length + 1 + random.Next(5_000)}\r\n\r\n{body}",
            $"POST {target} HTTP/1.1\r\nHost: door\r\n{Form}\r\nContent-Length: 1\r\n\r\n{body}xGARBAGE",
            $"POST {target} HTTP/1.1\r\nHost: door\r\nContent-Length: {random.Pick(["-1", "x", "", "99999999999999999999", "1, 2", "+1"])}\r\n\r\n{body}",
            $"POST {target} HTTP/1.1\r\nHost: door\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n{body}",
            $"POST {target} HTTP/1.1\r\nHost: door\r\n{Form}\r\nTransfer-Encoding: chunked\r\n\r\n{random.Pick(["zz\r\n", "5\r\na=b", "-1\r\n", "FFFFFFFFFFFFFFFFF\r\n", "3\r\na=b\r\n0\r\n", "3;x=\0\r\na=b\r\n0\r\n\r\n", "3\r\na=bX0\r\n\r\n", ""])}",
            $"POST {target} HTTP/1.1\r\nHost: door\r\nTransfer-Encoding: {random.Pick(["gzip", "chunked, gzip", "x", ", chunked"])}\r\nContent-Length: 3\r\n\r\na=b",
            $"GET {target} HTTP/1.1\r\n{random.Pick(["Host: a\r\nHost: b", "Host: a b", "", "Host : door", " folded", "No colon", "X\0: y", ": empty"])}\r\n\r\n",
            $"{random.Pick(["", " ", "GET", "GET /", "\0", "GÉT / HTTP/1.1", "GET  / HTTP/1.1", "CONNECT a:1 HTTP/1.1", "OPTIONS * HTTP/1.1", "PRI * HTTP/2.0"])}\r\n\r\n",
            $"GET {target}\u00e9 HTTP/1.1\r\nHost: door\r\n\r\n", $"GET {target} HTTP/1.1\r\nHost: door\r\nX: y"[..random.Next(20)],
            "\u0016\u0003\u0001\u0002\0\u0001\0\u0001", new string('A', random.Next(70_000)),
        ]);
        return new("no HTTP", Encoding.Latin1.GetBytes(request), MustBeAnswered: false, EndsConnection: true);
    }
}
