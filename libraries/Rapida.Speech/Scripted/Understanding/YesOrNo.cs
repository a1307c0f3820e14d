namespace Rapida.Speech.Scripted.Understanding;

/// <summary>Finds assent or dissent in what a caller said.</summary>
internal static class YesOrNo
{
    private static readonly HashSet<string> Yes =
        ["yes", "yeah", "yep", "yup", "right", "wright", "correct", "sure", "okay", "ok", "fine", "perfect", "great", "exactly", "absolutely", "good"];

    private static readonly HashSet<string> No = ["no", "nope", "not", "wrong", "incorrect", "isn't", "don't", "never", "know"];

    /// <summary>True for yes, false for no, null for neither. "No, that's right" is a no: asking once more does no harm.</summary>
    public static bool? Find(IReadOnlyList<string> words)
    {
        if (words.Any(No.Contains))
            return false;
        if (words.Any(Yes.Contains))
            return true;
        // "Say yes, or press one": some say "one".
        return words switch { ["one"] or ["1"] => true, ["two"] or ["2"] => false, _ => null };
    }

    public static bool? FromKey(string keys) => keys.TrimEnd('#') switch { "1" => true, "2" => false, _ => null };
}
