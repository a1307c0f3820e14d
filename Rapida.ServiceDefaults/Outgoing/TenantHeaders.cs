using System.Text.RegularExpressions;

namespace Rapida.ServiceDefaults.Outgoing;

/// <summary>Headers that a tenant may add to a request: which names and values they may have.</summary>
public static partial class TenantHeaders
{
    /// <summary>Headers of one request.</summary>
    public const int Most = 20;

    /// <summary>Characters of a name.</summary>
    public const int MaxName = 100;

    /// <summary>Characters of a value.</summary>
    public const int MaxValue = 2_000;

    /// <summary>The client's own, and those that would change where the message ends or whom it is for.</summary>
    public static readonly IReadOnlySet<string> NotAllowed = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Content-Type", "Expect", "Host", "Idempotency-Key", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection",
        "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    /// <summary>Whether it is a name at all.</summary>
    public static bool IsName(string name) => Name().IsMatch(name);

    /// <summary>Visible characters and spaces: none that would end the header's line.</summary>
    public static bool IsValue(string? value) => value is { Length: <= MaxValue } && !value.AsSpan().ContainsAnyExceptInRange(' ', '~');

    // A token of RFC 9110, section 5.6.2.
    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}\z")]
    private static partial Regex Name();
}
