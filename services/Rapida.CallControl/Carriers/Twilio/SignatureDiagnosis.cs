using Rapida.ServiceDefaults.Privacy;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>What a check of a signature has found.</summary>
/// <param name="Cause">Stable: <c>valid</c>, or what is wrong.</param>
/// <param name="Detail">A sentence that says what to change.</param>
/// <param name="SignedUrl">The URL that was signed, as far as it could be found; null: it could not.</param>
internal sealed record SignatureFinding(string Cause, string Detail, string? SignedUrl)
{
    public bool IsValid => Cause == SignatureDiagnosis.Valid;
}

/// <summary>
/// Why a signature does not hold. Twilio signs the URL that it asked for; whoever stands between may have changed scheme, port, host or path. So the
/// signature is tried with what could have been there before. What is found so proves nothing: a request is believed only as it came.
/// </summary>
internal static class SignatureDiagnosis
{
    public const string Valid = "valid";

    /// <summary>The credential has gone.</summary>
    public static SignatureFinding NoToken { get; } = new("token", "The credential was deleted: nothing is signed with it any more.", null);

    // A proxy that takes more of a path away is rare.
    private const int MostSegments = 3;

    /// <param name="key">Of the account's Auth Token.</param>
    /// <param name="expected">The URL as we check it: the configured door and the target.</param>
    /// <param name="seen">The URL as whoever asks has it: of Twilio's console, or with the host that a proxy tells of.</param>
    /// <param name="form">The fields of a form POST.</param>
    /// <param name="signature">The header.</param>
    public static SignatureFinding Examine(
        SigningKey key, string expected, string seen, IReadOnlyCollection<KeyValuePair<string, string>> form, string? signature)
    {
        if (string.IsNullOrEmpty(signature))
            return new("signature_missing", "The request has no X-Twilio-Signature: it is not Twilio's, or a proxy has dropped the header.", null);
        if (signature.Length != TwilioSignature.Length)
            return new("signature_malformed", $"X-Twilio-Signature has {TwilioSignature.Length} characters of base64: this has been cut or changed.", null);
        if (Holds(expected))
            return new(Valid, "The signature holds for this URL, these fields and this credential.", expected);

        foreach (var (cause, detail, url) in Urls(expected, seen))
        {
            if (Holds(url))
                return new(cause, detail, url);
        }

        foreach (var (detail, url, fields) in Fields(expected, form))
        {
            if (TwilioSignature.IsValid(key, url, fields, signature))
                return new("fields", detail, url);
        }

        return new(
            "token",
            "No variant of this URL was signed with this credential's Auth Token: the request is of another account, or the token was changed in Twilio's console.",
            null);

        bool Holds(string url) => url.StartsWith("ws", StringComparison.OrdinalIgnoreCase)
            ? TwilioSignature.IsValidUpgrade(key, url, signature)
            : TwilioSignature.IsValid(key, url, form, signature);
    }

    private static IEnumerable<(string Cause, string Detail, string Url)> Urls(string expected, string seen)
    {
        var (ours, theirs) = (UrlParts.Of(expected), UrlParts.Of(seen));
        if (ours is null || theirs is null)
            yield break;

        var setting = ours.Scheme.StartsWith("ws", StringComparison.OrdinalIgnoreCase) ? "Media:PublicUrl" : "Public:BaseUrl";
        var otherScheme = ours with { Scheme = Other(ours.Scheme) };
        yield return ("scheme", $"Twilio asked for {otherScheme.Scheme}, and {setting} says {ours.Scheme}: make them the same.", otherScheme.ToString());
        foreach (var door in (UrlParts[])[theirs, theirs with { Scheme = Other(theirs.Scheme) }])
        {
            var isPort = string.Equals(door.Host, ours.Host, StringComparison.OrdinalIgnoreCase) && door.Port != ours.Port;
            var detail = $"Twilio asked {door.Door}, and {setting} is {ours.Door}: set it to what Twilio is told, or tell Twilio this one.";
            yield return (isPort ? "port" : "host", detail, (ours with { Scheme = door.Scheme, Host = door.Host, Port = door.Port }).ToString());
        }

        foreach (var door in (UrlParts[])[ours, theirs])
        {
            foreach (var target in Targets(ours.Target).Append(theirs.Target))
                yield return ("path", "The path or the query was changed on its way to us: the proxy in front must pass both on as they are.", (door with { Target = target }).ToString());
        }
    }

    /// <summary>What a target could have been before a proxy changed it.</summary>
    private static IEnumerable<string> Targets(string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var (path, rest) = query < 0 ? (target, "") : (target[..query], target[query..]);
        yield return path.EndsWith('/') ? path[..^1] + rest : path + "/" + rest;
        yield return path;
        yield return Uri.UnescapeDataString(path) + rest;
        yield return path + Uri.UnescapeDataString(rest);
        yield return Uri.UnescapeDataString(target);
        if (Uri.TryCreate("http://host" + target, UriKind.Absolute, out var normal))
            yield return normal.PathAndQuery;
        for (var segment = 0; segment < MostSegments && path.Length > 1 && path.IndexOf('/', 1) is > 0 and var next; segment++)
        {
            path = path[next..];
            yield return path + rest;
        }
    }

    private static IEnumerable<(string Detail, string Url, IReadOnlyCollection<KeyValuePair<string, string>> Fields)> Fields(
        string expected, IReadOnlyCollection<KeyValuePair<string, string>> form)
    {
        yield return ("The URL was signed without the fields: this was a GET, or a JSON body.", expected, []);
        yield return (
            "The fields were decoded twice: pass them as they were in the request's body, decoded once.", expected,
            [.. form.Select(field => KeyValuePair.Create(Uri.EscapeDataString(field.Key), Uri.EscapeDataString(field.Value)))]);
        yield return (
            "The fields were not decoded: %2B in a body is a plus sign in what is signed.", expected,
            [.. form.Select(field => KeyValuePair.Create(Decode(field.Key), Decode(field.Value)))]);
        yield return ("The fields were trimmed: an empty one counts too.", expected, [.. form.Where(field => field.Value.Length > 0)]);
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static string Other(string scheme) => scheme.ToLowerInvariant() switch
    {
        "http" => "https",
        "https" => "http",
        "ws" => "wss",
        _ => "ws",
    };
}
