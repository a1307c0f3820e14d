namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>A URL, cut and not understood.</summary>
internal sealed record UrlParts(string Scheme, string Host, string Port, string Target)
{
    public string Door => $"{Scheme}://{Host}{Port}";

    public static UrlParts? Of(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0)
            return null;

        var target = url.IndexOfAny(['/', '?'], scheme + 3);
        var authority = target < 0 ? url[(scheme + 3)..] : url[(scheme + 3)..target];
        var port = authority.IndexOf(':', authority.LastIndexOf(']') + 1);
        return new UrlParts(
            url[..scheme], port < 0 ? authority : authority[..port], port < 0 ? "" : authority[port..], target < 0 ? "" : url[target..]);
    }

    public override string ToString() => $"{Door}{Target}";
}
