namespace Aspire.Hosting.ApplicationModel;

internal static class ModelName
{
    private const int MaximumLength = 64;

    /// <summary>The official rule: 1 to 64 ASCII letters, digits and single hyphens, a letter first, no hyphen last.</summary>
    public static string Validate(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var valid = name.Length <= MaximumLength
            && char.IsAsciiLetter(name[0])
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
            && !name.EndsWith('-')
            && !name.Contains("--", StringComparison.Ordinal);
        return valid
            ? name
            : throw new ArgumentException($"'{name}' is not a resource name: use up to 64 letters, digits and single hyphens, a letter first.", nameof(name));
    }

    /// <summary><c>vault-db</c> → <c>VAULT_DB</c>: the prefix of the variables that a reference gives.</summary>
    public static string ToEnvironment(string name)
        => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToUpperInvariant(letter) : '_'));
}
