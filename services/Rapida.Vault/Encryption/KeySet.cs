using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Rapida.Vault.Encryption;

/// <summary>
/// Secret keys of 32 bytes by their ids, of which one is active. To rotate, add a key and make it the active one: what was made with an
/// older key stays readable for as long as that key is configured.
/// </summary>
internal abstract class KeySet
{
    private const int KeySize = 32;
    private const int MaxIdLength = 40;
    private readonly FrozenDictionary<string, byte[]> _keys;

    /// <param name="configuration">The service's configuration.</param>
    /// <param name="section">Holds <c>Active</c>, a key's id, and <c>Keys:&lt;id&gt;</c>, 32 bytes in base64.</param>
    /// <exception cref="InvalidOperationException">A key is missing or is not one; the message says what to set.</exception>
    protected KeySet(IConfiguration configuration, string section)
    {
        var active = configuration[$"{section}:Active"];
        if (string.IsNullOrEmpty(active))
            throw new InvalidOperationException($"{section}:Active is missing: set it to the id of one of {section}:Keys.");

        ActiveId = active;
        _keys = configuration.GetSection($"{section}:Keys").GetChildren()
            .ToFrozenDictionary(key => key.Key, Parse, StringComparer.OrdinalIgnoreCase);
        if (!_keys.ContainsKey(active))
            throw new InvalidOperationException(
                $"{section}:Keys:{active} is missing, though {section}:Active names it: set it to {KeySize} random bytes in base64.");
    }

    /// <summary>The id of the key for everything new.</summary>
    public string ActiveId { get; }

    public bool TryGet(string id, [MaybeNullWhen(false)] out byte[] key) => _keys.TryGetValue(id, out key);

    protected byte[] Active => _keys[ActiveId];

    private static byte[] Parse(IConfigurationSection setting)
    {
        // The id is stored beside what the key made, and is part of what is authenticated there.
        if (setting.Key.Length > MaxIdLength || !setting.Key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            throw new InvalidOperationException($"{setting.Path}: a key's id has at most {MaxIdLength} characters of a-z, 0-9, - and _.");

        var key = new byte[KeySize + 1];
        return Convert.TryFromBase64String(setting.Value ?? "", key, out var size) && size == KeySize
            ? key[..KeySize]
            : throw new InvalidOperationException($"{setting.Path} is not a key: set it to {KeySize} random bytes in base64.");
    }
}
