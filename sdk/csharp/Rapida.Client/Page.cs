namespace Rapida.Client;

/// <summary>A part of a list.</summary>
/// <param name="NextPageToken">What the next page is asked for with. Null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextPageToken);
