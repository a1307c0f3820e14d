namespace Rapida.Client;

/// <summary>A key of the project, without the key itself.</summary>
public sealed record ApiKey
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The beginning of the key, to recognise it by.</summary>
    public required string Display { get; init; }

    /// <summary>What it may do.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }
}

/// <summary>A key that is to be made.</summary>
public sealed record CreateApiKey
{
    public required string Name { get; init; }

    /// <summary>One at least, and none that your own key lacks.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>From then on it is refused. Null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A key that was just made.</summary>
public sealed record NewApiKey
{
    public required ApiKey ApiKey { get; init; }

    /// <summary>The key itself. It is shown this once: store it now.</summary>
    public required string Key { get; init; }

    /// <summary>Without the key.</summary>
    public override string ToString() => $"NewApiKey {ApiKey.Display}";
}

internal sealed record ApiKeyList
{
    public required IReadOnlyList<ApiKey> ApiKeys { get; init; }

    public string? NextPageToken { get; init; }
}
