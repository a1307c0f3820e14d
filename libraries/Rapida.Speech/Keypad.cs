namespace Rapida.Speech;

/// <summary>Keys pressed by the caller, as a message: <c>dtmf:5551234#</c>.</summary>
public static class Keypad
{
    public const string Prefix = "dtmf:";

    /// <summary>The keys of a message that was typed and not spoken.</summary>
    public static bool TryRead(string text, out string keys)
    {
        text = text.Trim();
        var typed = text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);
        keys = typed ? text[Prefix.Length..].Trim() : text;
        return typed || (keys.Length > 0 && keys.All(key => char.IsAsciiDigit(key) || key is '#' or '*'));
    }
}
