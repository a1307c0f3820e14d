using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Rapida.ServiceDefaults.Privacy;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.Credentials;

/// <summary>
/// Which fields a provider's credential has, and which of them may be shown. Of a provider that is not known here every field is secret
/// but the few that never are.
/// </summary>
internal static partial class ProviderFields
{
    public const string Twilio = "twilio";
    public const string HttpHeaders = "http-headers";

    private const int MaxFields = 20;
    private const int MaxName = 50;

    // A service account's JSON with its private key is the longest that is in use; 16 KiB holds several.
    private const int MaxValue = 16_384;

    private static readonly FrozenSet<string> NeverSecret =
        new[] { "base_url", "endpoint", "organization", "project", "region" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What <see cref="Sort"/> may answer.</summary>
    public static readonly Problem[] Problems =
    [
        CredentialProblems.FieldsMissing(MaxFields), CredentialProblems.FieldInvalid(MaxName, MaxValue), CredentialProblems.TwilioFields,
        CredentialProblems.AccountSidInvalid, CredentialProblems.AccountTokenInvalid, CredentialProblems.ApiKeyHalf, CredentialProblems.ApiKeySidInvalid,
        CredentialProblems.ApiKeySecretInvalid,
    ];

    public static Result<(Dictionary<string, string> Public, Dictionary<string, Secret> Secret)> Sort(
        string provider, IReadOnlyDictionary<string, string> fields)
    {
        if (fields.Count is 0 or > MaxFields)
            return CredentialProblems.FieldsMissing(MaxFields);
        var maxValue = provider == HttpHeaders ? HttpHeaderFields.MaxLength : MaxValue;
        if (!fields.All(field => Name().IsMatch(field.Key) && IsText(field.Value, maxValue)))
            return CredentialProblems.FieldInvalid(MaxName, maxValue);
        var wrong = provider switch
        {
            Twilio => ProblemOfTwilio(fields),
            HttpHeaders => HttpHeaderFields.ProblemOf(fields),
            _ => null,
        };
        if (wrong is not null)
            return wrong;

        var isPublic = (string name) => provider == Twilio ? name is "account_sid" or "api_key_sid" : NeverSecret.Contains(name);
        return (
            fields.Where(field => isPublic(field.Key)).ToDictionary(),
            fields.Where(field => !isPublic(field.Key)).ToDictionary(field => field.Key, field => new Secret(field.Value)));
    }

    /// <summary>Whether the field that says whose account it is stays the same.</summary>
    public static bool IsFixed(string provider, IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        provider != Twilio || before.GetValueOrDefault("account_sid") == after.GetValueOrDefault("account_sid");

    private static bool IsText(string? value, int maxLength) => value?.Length >= 1 && value.Length <= maxLength && !value.Contains('\0', StringComparison.Ordinal);

    private static Problem? ProblemOfTwilio(IReadOnlyDictionary<string, string> fields)
    {
        if (!fields.TryGetValue("account_sid", out var sid) || !fields.TryGetValue("account_token", out var token)
            || fields.Keys.Any(name => name is not ("account_sid" or "account_token" or "api_key_sid" or "api_key_secret")))
        {
            return CredentialProblems.TwilioFields;
        }

        if (!AccountSid().IsMatch(sid))
            return CredentialProblems.AccountSidInvalid;
        if (!IsToken(token))
            return CredentialProblems.AccountTokenInvalid;
        if (fields.ContainsKey("api_key_sid") != fields.ContainsKey("api_key_secret"))
            return CredentialProblems.ApiKeyHalf;
        if (fields.TryGetValue("api_key_sid", out var keySid) && !ApiKeySid().IsMatch(keySid))
            return CredentialProblems.ApiKeySidInvalid;
        return fields.TryGetValue("api_key_secret", out var keySecret) && !IsToken(keySecret) ? CredentialProblems.ApiKeySecretInvalid : null;
    }

    private static bool IsToken(string value) => value.All(char.IsAsciiLetterOrDigit);

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,49}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^AC[0-9a-fA-F]{32}\z")]
    private static partial Regex AccountSid();

    [GeneratedRegex(@"^SK[0-9a-fA-F]{32}\z")]
    private static partial Regex ApiKeySid();
}
