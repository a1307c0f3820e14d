namespace Rapida.MediaRelay.Sessions;

/// <summary>
/// Our own voice, come back over the line and recognised: words that the caller has just heard from us, in the same order. A caller who repeats us
/// while we speak is listening too.
/// </summary>
internal static class OwnWords
{
    // One word may be an answer.
    private const int Fewest = 2;

    /// <param name="words">What was recognised.</param>
    /// <param name="heard">What the caller has heard of us.</param>
    public static bool Are(string words, string heard)
    {
        var (recognised, said) = (Split(words), Split(heard));
        if (recognised.Length < Fewest)
            return false;

        for (var from = 0; from + recognised.Length <= said.Length; from++)
            if (said.AsSpan(from, recognised.Length).SequenceEqual(recognised))
                return true;
        return false;
    }

    // "Is that Friday, at nine?" → is that friday at nine
    private static string[] Split(string text) => new string([.. text.ToLowerInvariant().Select(letter => char.IsLetterOrDigit(letter) || letter is '\'' ? letter : ' ')])
        .Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
