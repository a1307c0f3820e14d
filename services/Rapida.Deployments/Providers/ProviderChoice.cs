using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Deployments.Providers;

/// <summary>A provider as a request names it, unchecked.</summary>
internal sealed record ProviderSettings(
    [property: Required, Description("Such as `scripted`: 1 to 50 characters of a-z, 0-9 and -, a letter first.")] string? Name,
    [property: Description("The provider's own: at most 50, each value of at most 4000 characters.")] IReadOnlyDictionary<string, string>? Options,
    [property: Description("The credential with which it is asked. Left out: it needs none.")] string? CredentialId);

/// <summary>
/// A provider of speech or of a language model, by name, with its options and the credential that it needs, if any. Which names and
/// options exist the relay knows, whose providers they are.
/// </summary>
internal sealed partial record ProviderChoice(string Name, IReadOnlyDictionary<string, string> Options, Guid? CredentialId)
{
    public const int MaxOptions = 50;
    public const int MaxValue = 4_000;

    /// <summary>Null for a provider that was left out.</summary>
    public static Result<ProviderChoice?> Parse(string field, ProviderSettings? settings)
    {
        if (settings is null || string.IsNullOrEmpty(settings.Name))
            return (ProviderChoice?)null;
        if (!ProviderName().IsMatch(settings.Name))
            return ProviderProblems.NameInvalid(field);

        var options = settings.Options ?? new Dictionary<string, string>();
        if (options.Count > MaxOptions || options.Any(option => !OptionName().IsMatch(option.Key) || !IsText(option.Value)))
            return ProviderProblems.OptionsInvalid(field, MaxOptions, MaxValue);
        if (options.Keys.FirstOrDefault(IsSecret) is { } secret)
            return ProviderProblems.OptionSecret(field, secret);
        if (string.IsNullOrEmpty(settings.CredentialId))
            return new ProviderChoice(settings.Name, options, CredentialId: null);
        return Guid.TryParse(settings.CredentialId, out var credentialId)
            ? new ProviderChoice(settings.Name, options, credentialId)
            : ProviderProblems.CredentialInvalid(field);
    }

    // apiKey, api-key and API_KEY are api_key.
    private static bool IsSecret(string name) => SecretName().IsMatch(WordEnd().Replace(name, "_"));

    private static bool IsText(string? value) => value?.Length <= MaxValue && !value.Contains('\0', StringComparison.Ordinal);

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,49}\z")]
    private static partial Regex ProviderName();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_.-]{0,99}\z")]
    private static partial Regex OptionName();

    [GeneratedRegex(@"[.-]|(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex WordEnd();

    // By its last word: max_tokens and token_limit are none. A secret or a password in the middle (client_secret_2) is one too.
    [GeneratedRegex(
        @"^key\z|(^|_)((api|access|account|auth|client|private|secret|service|signing|subscription)_?key|(access|auth)?token|authorization|bearer|credentials?)\z" +
        @"|(^|_)(secret|password|passwd|passphrase)(_|\z)",
        RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}

internal static class ProviderColumn
{
    /// <summary>A provider is one column of JSON: it is read and written whole.</summary>
    public static void IsProviderChoice(this PropertyBuilder<ProviderChoice?> property) => property.HasColumnType("jsonb").HasConversion(
        choice => JsonSerializer.Serialize(choice, JsonSerializerOptions.Web),
        json => JsonSerializer.Deserialize<ProviderChoice>(json, JsonSerializerOptions.Web));
}
