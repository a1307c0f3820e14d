namespace Rapida.Speech;

/// <summary>A tenant's choices for one provider: voice, model, language, whatever the provider knows, and the key that pays for it.</summary>
/// <remarks>Does not print itself: it can hold a secret.</remarks>
public sealed class SpeechSettings(IReadOnlyDictionary<string, string>? options = null, string? apiKey = null)
{
    public static SpeechSettings Default { get; } = new();

    /// <summary>The provider's key, revealed for this call; null for local engines.</summary>
    public string? ApiKey => apiKey;

    /// <summary>The option's value, or <paramref name="otherwise"/> when it is not set.</summary>
    public string Get(string option, string otherwise) =>
        options is not null && options.TryGetValue(option, out var value) && value.Length > 0 ? value : otherwise;

    public override string ToString() => nameof(SpeechSettings);
}
