using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.ApiKeys;

internal static class ApiKeyProblems
{
    public static readonly Problem Unknown = new(ProblemKind.NotFound, "api_key_unknown", "There is no such key in this project.");

    public static readonly Problem NameInvalid = new(
        ProblemKind.Invalid, "name_invalid", $"Give the key a name of 1 to {CreateApiKeyCommand.MaxName} printable characters.");

    public static readonly Problem ScopesMissing = new(
        ProblemKind.Invalid, "scopes_missing", $"Give the key one scope at least, of: {AllScopes()}.");

    public static readonly Problem WebhookStandsAlone = new(
        ProblemKind.Invalid, "webhook_stands_alone",
        "A key with the scope webhook stands in URLs that others see, so it can have no other scope: make two keys.");

    public static readonly Problem ExpiryPast = new(
        ProblemKind.Invalid, "expires_at_invalid", "expires_at has to be in the future; leave it out for a key that does not expire.");

    public static Problem ScopeUnknown(string scope) => new(
        ProblemKind.Invalid, "scope_unknown",
        $"There is no scope {scope}. There are: {AllScopes()}.");

    public static Problem ScopeNotHeld(string scope) => new(
        ProblemKind.Forbidden, "scope_not_held", $"A key cannot give a scope that it does not have itself: {scope}.");

    private static string AllScopes() => string.Join(", ", Scopes.All.Order(StringComparer.Ordinal));
}
