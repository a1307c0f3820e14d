namespace Rapida.Client.Http;

/// <summary>What is asked, as often as it is sent.</summary>
/// <param name="Path">From the base URL, with its query.</param>
/// <param name="From">The first byte that is wanted of a download.</param>
internal sealed record Request(HttpMethod Method, string Path, byte[]? Body = null, string? IdempotencyKey = null, long From = 0)
{
    /// <summary>That it is carried out twice does no harm.</summary>
    public bool IsRepeatable { get; init; } = Method == HttpMethod.Get || IdempotencyKey is not null;

    public static Request Get(string path) => new(HttpMethod.Get, path);
}
