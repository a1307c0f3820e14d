namespace Rapida.Speech.Scripted.Understanding;

/// <summary>Finds a day in what a caller said.</summary>
internal static class Days
{
    private static readonly string[] Week = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// <summary>The day in canonical form, or null. Of several, the last: people correct themselves forwards.</summary>
    public static string? Find(IReadOnlyList<string> words) => words.Select(Of).LastOrDefault(day => day is not null);

    /// <summary>A key pressed: 1 is Monday, 7 is Sunday.</summary>
    public static string? FromKey(string keys) => keys.TrimEnd('#') is [>= '1' and <= '7' and var key] ? Week[key - '1'] : null;

    public static string Spoken(string day) => char.ToUpperInvariant(day[0]) + day[1..];

    private static string? Of(string word)
    {
        var singular = word.EndsWith("'s", StringComparison.Ordinal) ? word[..^2] : word.TrimEnd('s');
        return singular is "today" or "tomorrow" || Week.Contains(singular) ? singular : null;
    }
}
