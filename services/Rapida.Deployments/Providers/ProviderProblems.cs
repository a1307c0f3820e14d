using Rapida.ServiceDefaults.Problems;

namespace Rapida.Deployments.Providers;

internal static class ProviderProblems
{
    public static Problem NameInvalid(string field) => new(
        ProblemKind.Invalid, $"{field}_invalid", $"{field}.name is a provider's name: 1 to 50 characters of a-z, 0-9 and -, a letter first.");

    public static Problem OptionsInvalid(string field, int maxOptions, int maxValue) => new(
        ProblemKind.Invalid, $"{field}_options_invalid",
        $"{field}.options has at most {maxOptions} entries; a name has up to 100 letters, digits, dots, dashes and underscores, " +
        $"a value up to {maxValue} characters.");

    public static Problem OptionSecret(string field, string name) => new(
        ProblemKind.Invalid, $"{field}_option_secret",
        $"{field}.options.{name} looks like a secret, and options are kept in clear: store it with POST /v1/credentials and name it in {field}.credential_id.");

    public static Problem CredentialInvalid(string field) => new(
        ProblemKind.Invalid, $"{field}_credential_invalid", $"{field}.credential_id is the id of a credential of this project, or left out.");

    /// <summary>What <see cref="ProviderChoice.Parse"/> may answer of a field.</summary>
    public static Problem[] Of(string field) =>
        [NameInvalid(field), OptionsInvalid(field, ProviderChoice.MaxOptions, ProviderChoice.MaxValue), CredentialInvalid(field)];
}
