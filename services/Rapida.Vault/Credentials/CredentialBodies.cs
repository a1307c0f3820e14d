using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Rapida.Vault.Credentials;

// A class and not a record: it holds secrets, and a record prints itself.
internal sealed class CreateCredentialBody
{
    [Required, Description("Whose account it is: `twilio`, or another provider by name. 1 to 50 characters of a-z, 0-9 and -, a letter first.")]
    public string? Provider { get; init; }

    [Required, Description("For people: 1 to 100 printable characters.")]
    public string? Name { get; init; }

    [Required, Description(
        "1 to 20 fields. Of `twilio`: `account_sid` and `account_token`, and if you like `api_key_sid` with `api_key_secret`. Of others, as the provider names them.")]
    public Dictionary<string, string>? Fields { get; init; }
}

internal sealed record RenameCredentialBody(
    [property: Required, Description("For people: 1 to 100 printable characters.")] string? Name);

// A class for the same reason.
internal sealed class RotateCredentialBody
{
    [Required, Description("The fields that change, such as `account_token`. Null takes a field away; one that is not named stays. `account_sid` cannot change.")]
    public Dictionary<string, string?>? Fields { get; init; }

    [Description("Seconds for which the old secret may still have signed what comes in: 0 to 604800. 3600 if left out.")]
    public double? Grace { get; init; }
}

internal sealed record CredentialList(
    IEnumerable<CredentialAnswer> Credentials, [property: Description("Null on the last page.")] string? NextPageToken);

internal sealed record CredentialAnswer(
    Guid Id,
    string Provider,
    string Name,
    [property: Description("The fields that are no secret, such as `account_sid`.")] IReadOnlyDictionary<string, string> PublicFields,
    [property: Description("The names of the secret fields.")] IReadOnlyList<string> SecretFields,
    [property: Description("Until then the secret before the last rotation may still have signed what comes in. Null: no longer, or never rotated.")] DateTimeOffset? PreviousUntil,
    [property: AllowedValues(CredentialStatus.Unverified, CredentialStatus.Connected, CredentialStatus.Failing)]
    [property: Description("`unverified`: nobody has asked since it was stored or rotated.")] string Status,
    [property: Description("Stable, when it is failing: `auth_token_refused`, `account_suspended`, `account_closed`, `api_key_refused` or `carrier_unreachable`.")] string? StatusReason,
    [property: Description("A sentence that says what to do.")] string? StatusDetail,
    [property: Description("When Twilio was asked last.")] DateTimeOffset? VerifiedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    [property: Description("When a secret of it was last taken out. Null: never.")] DateTimeOffset? LastUsedAt)
{
    public static CredentialAnswer Of(FoundCredential found) => new(
        found.Credential.Id, found.Credential.Provider, found.Credential.Name, found.Credential.PublicFields,
        found.Credential.SecretFieldNames ?? [], found.Credential.PreviousUntil, found.Credential.Status, found.Credential.StatusReason,
        found.Credential.StatusDetail, found.Credential.VerifiedAt, found.Credential.CreatedAt, found.Credential.UpdatedAt, found.LastUsedAt);
}

internal sealed record LeaseList(
    IEnumerable<LeaseAnswer> Leases, [property: Description("Null on the last page.")] string? NextPageToken);

internal sealed record LeaseAnswer(
    Guid Id,
    [property: Description("What the secret was taken out for.")] string Purpose,
    [property: Description("The service that took it.")] string Caller,
    [property: Description("Which instance of that service.")] string Instance,
    DateTimeOffset CreatedAt,
    [property: Description("Until then it may be held.")] DateTimeOffset ExpiresAt)
{
    public static LeaseAnswer Of(Lease lease) => new(lease.Id, lease.Purpose, lease.Caller, lease.Instance, lease.CreatedAt, lease.ExpiresAt);
}
