using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.Credentials;

internal static class CredentialProblems
{
    public static readonly Problem Unknown = new(ProblemKind.NotFound, "credential_unknown", "There is no such credential in this project.");

    public static readonly Problem NameInvalid = new(
        ProblemKind.Invalid, "name_invalid", $"Give the credential a name of 1 to {CreateCredentialCommand.MaxName} printable characters.");

    public static readonly Problem ProviderInvalid = new(
        ProblemKind.Invalid, "provider_invalid",
        $"provider is a name like twilio: 1 to {CreateCredentialCommand.MaxProvider} characters of a-z, 0-9 and -, a letter first.");

    public static readonly Problem TwilioFields = new(
        ProblemKind.Invalid, "twilio_fields", "A Twilio credential has exactly the fields account_sid and account_token.");

    public static readonly Problem AccountSidInvalid = new(
        ProblemKind.Invalid, "account_sid_invalid", "account_sid is AC and 32 hexadecimal digits, as the Twilio console shows it.");

    public static readonly Problem AccountTokenInvalid = new(
        ProblemKind.Invalid, "account_token_invalid", "account_token is the Auth Token of the Twilio console: letters and digits, no spaces.");

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
}
