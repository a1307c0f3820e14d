using System.Text;

namespace Rapida.Testing;

/// <summary>The ways in which a text can lie about: as it is, and in the usual encodings.</summary>
public static class Disguises
{
    /// <summary>All of them, the text itself first.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var found = new List<string> { text, Uri.EscapeDataString(text), text.Replace("+", "\\u002B", StringComparison.Ordinal) };
        foreach (var bytes in new[] { Encoding.UTF8.GetBytes(text), Encoding.Unicode.GetBytes(text), Decoded(text) })
        {
            if (bytes.Length < 6)
                continue;
            found.AddRange([Convert.ToHexStringLower(bytes), Convert.ToHexString(bytes)]);
            // Wherever in a group of three bytes it begins: what does not depend on its neighbours.
            for (var skipped = 0; skipped < 3; skipped++)
            {
                var base64 = Convert.ToBase64String(bytes, skipped, (bytes.Length - skipped) / 3 * 3);
                found.AddRange([base64, base64.Replace('+', '-').Replace('/', '_')]);
            }
        }

        return [.. found.Distinct()];
    }

    // A key that is written in base64 is a key in any other writing too.
    private static byte[] Decoded(string text)
    {
        var bytes = new byte[text.Length];
        return text.Length >= 40 && Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : [];
    }
}
