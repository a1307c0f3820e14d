using System.Globalization;

namespace Rapida.Client.Http;

/// <summary>Where a Rapida answers, and the paths below.</summary>
internal static class Address
{
    private const string Variable = "RAPIDA_BASE_URL";

    /// <summary>What was given, or the environment's, without a slash at the end.</summary>
    public static string Of(Uri? given)
    {
        var text = Environment.GetEnvironmentVariable(Variable);
        if (given is null && string.IsNullOrEmpty(text))
            throw new ArgumentException($"Say where your Rapida answers: RapidaClientOptions.BaseUrl, or the environment's {Variable}.");
        var url = given ?? (Uri.TryCreate(text, UriKind.Absolute, out var read) ? read : null);
        if (url is not { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" })
            throw new ArgumentException("The base URL is the address of your Rapida alone, such as https://voice.example.com.");
        return url.AbsoluteUri.TrimEnd('/');
    }

    /// <summary>An id as a part of a path. Without one the path would be another's.</summary>
    public static string Segment(string id)
    {
        if (id is null || id.Trim() is "" or "." or "..")
            throw new ArgumentException("An id is missing.", nameof(id));
        return Uri.EscapeDataString(id);
    }

    /// <summary>A path with those parts of a query that are not null.</summary>
    public static string WithQuery(string path, params ReadOnlySpan<(string Name, string? Value)> parts)
    {
        var query = new List<string>();
        foreach (var (name, value) in parts)
            if (value is not null)
                query.Add($"{name}={Uri.EscapeDataString(value)}");
        return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
    }

    /// <summary>A page of a list.</summary>
    public static string OfPage(string path, int? pageSize, string? pageToken) =>
        WithQuery(path, ("page_size", pageSize?.ToString(CultureInfo.InvariantCulture)), ("page_token", pageToken));
}
