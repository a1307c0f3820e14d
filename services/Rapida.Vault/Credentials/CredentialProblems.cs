using Rapida.Deployments.V1;
using Rapida.ServiceDefaults.Outgoing;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.Credentials;

internal static class CredentialProblems
{
    private const int MaxNamed = 10;

    public static readonly Problem Unknown = new(ProblemKind.NotFound, "credential_unknown", "There is no such credential in this project.");

    public static readonly Problem NameInvalid = new(
        ProblemKind.Invalid, "name_invalid", $"Give the credential a name of 1 to {CreateCredentialCommand.MaxName} printable characters.");

    public static readonly Problem ProviderInvalid = new(
        ProblemKind.Invalid, "provider_invalid",
        $"provider is a name like twilio: 1 to {CreateCredentialCommand.MaxProvider} characters of a-z, 0-9 and -, a letter first.");

    public static readonly Problem TwilioFields = new(
        ProblemKind.Invalid, "twilio_fields",
        "A Twilio credential has the fields account_sid and account_token, and if you like api_key_sid with api_key_secret.");

    public static readonly Problem AccountSidInvalid = new(
        ProblemKind.Invalid, "account_sid_invalid", "account_sid is AC and 32 hexadecimal digits, as the Twilio console shows it.");

    public static readonly Problem AccountTokenInvalid = new(
        ProblemKind.Invalid, "account_token_invalid", "account_token is the Auth Token of the Twilio console: letters and digits, no spaces.");

    public static readonly Problem ApiKeyHalf = new(
        ProblemKind.Invalid, "api_key_incomplete", "api_key_sid and api_key_secret belong together: give both or none.");

    public static readonly Problem ApiKeySidInvalid = new(
        ProblemKind.Invalid, "api_key_sid_invalid", "api_key_sid is SK and 32 hexadecimal digits, as the Twilio console shows it.");

    public static readonly Problem ApiKeySecretInvalid = new(
        ProblemKind.Invalid, "api_key_secret_invalid", "api_key_secret is what Twilio showed when the key was made: letters and digits, no spaces.");

    public static readonly Problem HttpHeadersFields = new(
        ProblemKind.Invalid, "http_headers_fields",
        $"A credential of http-headers has one field, headers: a text that is a JSON object of 1 to {TenantHeaders.Most} header names, " +
        "each given once, and their values.");

    public static readonly Problem HeaderNameInvalid = new(
        ProblemKind.Invalid, "header_name_invalid",
        $"The name of a header has 1 to {TenantHeaders.MaxName} letters, digits and signs such as -, no spaces, and is given once in whatever case.");

    public static readonly Problem HeaderNotAllowed = new(
        ProblemKind.Invalid, "header_not_allowed", $"Leave out {string.Join(", ", TenantHeaders.NotAllowed)}: these headers are set by the client itself.");

    public static readonly Problem HeaderValueInvalid = new(
        ProblemKind.Invalid, "header_value_invalid",
        $"The value of a header is a text of at most {TenantHeaders.MaxValue} visible ASCII characters and spaces, on one line.");

    public static readonly Problem MadeForInvalid = new(
        ProblemKind.Invalid, "made_for_invalid", $"made_for has at most {CreateCredentialCommand.MaxMadeFor} printable characters.");

    public static readonly Problem AccountFixed = new(
        ProblemKind.Invalid, "account_sid_fixed", "A rotation keeps the account_sid. For another account store another credential.");

    public static readonly Problem NothingToRotate = new(
        ProblemKind.Invalid, "fields_missing", "Give the fields that change, such as account_token, in fields; the others stay as they are.");

    public static readonly Problem NotVerifiable = new(
        ProblemKind.Invalid, "provider_not_verifiable", "Only credentials of twilio can be verified. Others show in the first call that uses them.");

    public static readonly Problem PurposeMissing = new(
        ProblemKind.Invalid, "purpose_missing",
        $"Say what the secret is for (purpose, at most {RevealCredentialCommand.MaxPurpose} characters) and who will hold it " +
        $"(instance, at most {RevealCredentialCommand.MaxInstance}): both are written into the audit.");

    public static readonly Problem GrantMissing = new(
        ProblemKind.Forbidden, "grant_missing", "Show the grant that calls has signed for this call, while it is good.");

    public static readonly Problem NotGranted = new(
        ProblemKind.Forbidden, "not_granted", "The grant that was shown does not list this credential.");

    public static Problem FieldsMissing(int max) => new(
        ProblemKind.Invalid, "fields_missing", $"A credential has 1 to {max} fields, named as the provider names them.");

    public static Problem FieldInvalid(int maxName, int maxValue) => new(
        ProblemKind.Invalid, "field_invalid",
        $"A field's name has at most {maxName} characters of a-z, 0-9 and _, a letter first; its value is a text of 1 to {maxValue}.");

    public static Problem GraceOutOfRange(int maxSeconds) => new(
        ProblemKind.Invalid, "grace_out_of_range",
        $"grace is a number of seconds from 0 to {maxSeconds}: how long the old secret may still have signed what comes in.");

    public static Problem InUse(IReadOnlyCollection<CredentialUse> uses)
    {
        var assistants = uses.GroupBy(use => (use.AssistantId, use.AssistantName)).ToList();
        var named = assistants.Take(MaxNamed)
            .Select(uses => $"{uses.Key.AssistantName} ({uses.Key.AssistantId}: {string.Join(", ", uses.Select(use => use.Place))})");
        var more = assistants.Count > MaxNamed ? $" and {assistants.Count - MaxNamed} more" : "";
        return new(
            ProblemKind.Conflict, "credential_in_use",
            $"It is in use by {string.Join("; ", named)}{more}. Give these assistants another credential first.");
    }
}
