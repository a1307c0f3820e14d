namespace Rapida.MediaRelay.Sessions;

/// <summary>"Mm-hm", "yeah", "I see": what people say while they listen, and who says it does not want the floor.</summary>
internal static class Backchannel
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "mm", "mhm", "mmhm", "mm-hm", "mm-hmm", "hm", "hmm", "uh", "uh-huh", "huh", "um", "ah", "aha", "oh", "yeah", "yep", "yes", "okay", "ok", "right",
        "sure", "alright", "good", "great", "fine", "cool", "i", "see", "got", "it",
    };

    /// <summary>Whether <paramref name="words"/> hold something else too. No words: no.</summary>
    public static bool IsExceededBy(string words)
    {
        foreach (var word in words.AsSpan().Split(' '))
            if (words.AsSpan()[word].Trim(",.!?") is { IsEmpty: false } spoken && !Words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(spoken))
                return true;
        return false;
    }
}
