using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Rapida.Vault.Encryption;

/// <summary>
/// Secret keys of 32 bytes by their ids, of which one is active. To rotate, add a key and make it the active one: what was made with an
/// older key stays readable for as long as that key is configured.
/// </summary>
internal abstract class KeySet
{
    private const int KeySize = 32;
    private const int MaxIdLength = 40;
    private readonly IConfiguration _configuration;
    private volatile Keys _keys;
    private volatile TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="configuration">The service's configuration.</param>
    /// <param name="section">
    /// Holds <c>Active</c>, a key's id, and <c>Keys:&lt;id&gt;</c>, 32 bytes in base64, or <c>KeyFiles:&lt;id&gt;</c>, the path of a file
    /// that holds them, as they are or in base64.
    /// </param>
    /// <exception cref="InvalidOperationException">A key is missing or is not one; the message says what to set.</exception>
    protected KeySet(IConfiguration configuration, string section)
    {
        (_configuration, Name) = (configuration, section);
        _keys = Read(configuration, section);
    }

    /// <summary>Where these keys are set.</summary>
    public string Name { get; }

    /// <summary>The key for everything new, and its id.</summary>
    public SecretKey Active => _keys.Active;

    /// <summary>Is done when another key becomes the active one.</summary>
    public Task Changed => _changed.Task;

    public bool TryGet(string id, [MaybeNullWhen(false)] out byte[] key) => _keys.ById.TryGetValue(id, out key);

    /// <summary>
    /// Takes up what the settings say now. A key that was taken away is kept until the next start, which looks whether something that is
    /// stored needs it.
    /// </summary>
    /// <returns>Whether another key is the active one now.</returns>
    /// <exception cref="InvalidOperationException">The settings cannot be used; everything stays as it was.</exception>
    public bool Reload()
    {
        var (before, fresh) = (_keys, Read(_configuration, Name));
        var all = new Dictionary<string, byte[]>(before.ById, StringComparer.OrdinalIgnoreCase);
        foreach (var (id, key) in fresh.ById)
            all[id] = key;
        _keys = fresh with { ById = all.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase) };
        if (fresh.Active.Id == before.Active.Id)
            return false;

        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        return true;
    }

    private static Keys Read(IConfiguration configuration, string section)
    {
        var active = configuration[$"{section}:Active"];
        if (string.IsNullOrEmpty(active))
            throw new InvalidOperationException($"{section}:Active is missing: set it to the id of one of {section}:Keys or {section}:KeyFiles.");

        var inline = configuration.GetSection($"{section}:Keys").GetChildren().ToList();
        var files = configuration.GetSection($"{section}:KeyFiles").GetChildren().ToList();
        if (inline.IntersectBy(files.Select(file => file.Key), key => key.Key, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } twice)
            throw new InvalidOperationException($"{twice.Path} and {section}:KeyFiles:{twice.Key} are both set: keep one of them.");

        var keys = inline.Select(setting => (setting.Key, Value: Parse(setting)))
            .Concat(files.Select(setting => (setting.Key, Value: Read(setting))))
            .ToFrozenDictionary(key => key.Key, key => key.Value, StringComparer.OrdinalIgnoreCase);
        return keys.TryGetValue(active, out var key)
            ? new(new(active, key), keys)
            : throw new InvalidOperationException(
                $"{section}:Keys:{active} is missing, though {section}:Active names it: set it to {KeySize} random bytes in base64, " +
                $"or {section}:KeyFiles:{active} to the path of a file that holds them.");
    }

    private static byte[] Parse(IConfigurationSection setting)
    {
        CheckId(setting);
        return TryDecode(setting.Value ?? "", out var key)
            ? key
            : throw new InvalidOperationException($"{setting.Path} is not a key: set it to {KeySize} random bytes in base64.");
    }

    private static byte[] Read(IConfigurationSection setting)
    {
        CheckId(setting);
        byte[] content;
        try
        {
            content = File.ReadAllBytes(setting.Value ?? "");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidOperationException(
                $"{setting.Path}: its file cannot be read ({exception.GetType().Name}). Set it to the path of a file that holds the key.");
        }

        // 32 bytes in base64 are 44 letters: the two cannot be taken for one another.
        if (content.Length == KeySize)
            return content;
        return TryDecode(Encoding.ASCII.GetString(content).Trim(), out var key)
            ? key
            : throw new InvalidOperationException(
                $"{setting.Path}: its file holds no key. It has to hold {KeySize} random bytes, as they are or in base64.");
    }

    private static bool TryDecode(string text, [MaybeNullWhen(false)] out byte[] key)
    {
        var decoded = new byte[KeySize + 1];
        key = Convert.TryFromBase64String(text, decoded, out var size) && size == KeySize ? decoded[..KeySize] : null;
        return key is not null;
    }

    // The id is stored beside what the key made, and is part of what is authenticated there.
    private static void CheckId(IConfigurationSection setting)
    {
        if (setting.Key.Length > MaxIdLength || !setting.Key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            throw new InvalidOperationException($"{setting.Path}: a key's id has at most {MaxIdLength} characters of a-z, 0-9, - and _.");
    }

    private sealed record Keys(SecretKey Active, FrozenDictionary<string, byte[]> ById);
}

/// <summary>32 bytes, and the id by which what they made remembers them.</summary>
internal readonly record struct SecretKey(string Id, byte[] Value);
