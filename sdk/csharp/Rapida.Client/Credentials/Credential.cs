using System.Diagnostics.CodeAnalysis;

namespace Rapida.Client;

/// <summary>What a provider knows us by. Its secrets go in, and do not come out again.</summary>
public sealed record Credential
{
    public required string Id { get; init; }

    public required string Provider { get; init; }

    public required string Name { get; init; }

    /// <summary>The fields that are no secret, such as <c>account_sid</c>.</summary>
    [AllowNull]
    public IReadOnlyDictionary<string, string> PublicFields { get => field ?? new Dictionary<string, string>(); init; }

    /// <summary>The names of the secret fields.</summary>
    [AllowNull]
    public IReadOnlyList<string> SecretFields { get => field ?? []; init; }

    /// <summary>Until then the secret before the last rotation may still have signed what comes in.</summary>
    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary><c>unverified</c>, <c>connected</c> or <c>failing</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it is failing: <c>auth_token_refused</c> and so on.</summary>
    public string? StatusReason { get; init; }

    /// <summary>A sentence that says what to do.</summary>
    public string? StatusDetail { get; init; }

    public DateTimeOffset? VerifiedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }
}

/// <summary>A credential that is to be stored. Of <c>twilio</c> the fields are <c>account_sid</c> and <c>account_token</c>.</summary>
public sealed record CreateCredential
{
    public required string Provider { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyDictionary<string, string> Fields { get; init; }
}

/// <summary>The fields of a credential that change. Null takes a field away; one that is not named stays.</summary>
public sealed record RotateCredential
{
    public required IReadOnlyDictionary<string, string?> Fields { get; init; }

    /// <summary>Seconds for which the old secret may still have signed what comes in. An hour, if left out.</summary>
    public double? Grace { get; init; }
}

/// <summary>One reveal of a secret to a part of the system.</summary>
public sealed record Lease
{
    public required string Id { get; init; }

    public required string Purpose { get; init; }

    public required string Caller { get; init; }

    public required string Instance { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

internal sealed record CredentialList
{
    public required IReadOnlyList<Credential> Credentials { get; init; }

    public string? NextPageToken { get; init; }
}

internal sealed record LeasePage
{
    public required IReadOnlyList<Lease> Leases { get; init; }

    public string? NextPageToken { get; init; }
}
