namespace Rapida.TwilioEmulator.Webhooks;

/// <summary>
/// A URL as a customer gave it, taken apart by string surgery so that no byte changes: what is requested, what is signed, and the
/// retry rules of its fragment.
/// </summary>
internal sealed record WebhookAddress(string Url, string? UserInfo, string? Fragment)
{
    public static WebhookAddress Parse(string text)
    {
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        var (url, fragment) = hash < 0 ? (text, null) : (text[..hash], text[(hash + 1)..]);

        var (start, end) = Authority(url);
        var at = end == start ? -1 : url.LastIndexOf('@', end - 1, end - start);
        return at < 0
            ? new WebhookAddress(url, null, fragment)
            : new WebhookAddress(url[..start] + url[(at + 1)..], url[start..at], fragment);
    }

    /// <summary>Twilio drops the port of an encrypted voice URL before signing, and keeps that of http (and here of ws).</summary>
    public string SignedUrl
    {
        get
        {
            var encrypted = Url.StartsWith("https:", StringComparison.OrdinalIgnoreCase) || Url.StartsWith("wss:", StringComparison.OrdinalIgnoreCase);
            var (start, end) = Authority(Url);
            var bracket = Url.IndexOf(']', start, end - start);
            var from = bracket < 0 ? start : bracket;
            var colon = Url.IndexOf(':', from, end - from);
            return encrypted && colon >= 0 ? Url[..colon] + Url[end..] : Url;
        }
    }

    /// <summary>Host and port as written: Uri would lower-case the host.</summary>
    public string Host
    {
        get
        {
            var (start, end) = Authority(Url);
            return Url[start..end];
        }
    }

    /// <summary>The URL for a log: the values of its query may be keys.</summary>
    public string Redacted
    {
        get
        {
            var question = Url.IndexOf('?', StringComparison.Ordinal);
            if (question < 0)
                return Url;
            var pairs = Url[(question + 1)..].Split('&').Select(p => p.IndexOf('=', StringComparison.Ordinal) is var i and >= 0 ? p[..(i + 1)] + "…" : p);
            return Url[..(question + 1)] + string.Join('&', pairs);
        }
    }

    public WebhookAddress WithQuery(string pairs) =>
        pairs.Length == 0 ? this : this with { Url = Url + (Url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + pairs };

    /// <summary>The address as .NET's client wants it: path and query stay as they are.</summary>
    public bool TryGetUri(out Uri? uri)
    {
        var exact = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        return Uri.TryCreate(Url, exact, out uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
    }

    private static (int Start, int End) Authority(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : scheme + 3;
        var end = url.IndexOfAny(['/', '?'], start);
        return (start, end < 0 ? url.Length : end);
    }
}
