using System.Text.RegularExpressions;

namespace Rapida.Speech.Scripted.Understanding;

/// <summary>A transcript as plain lower-case words, whoever wrote it: "Monday, 10:30 a.m." → monday 10 30 am.</summary>
internal static partial class Words
{
    private static readonly string[] Units =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
            "sixteen", "seventeen", "eighteen", "nineteen"];

    private static readonly string[] Tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    public static string[] Of(string text)
    {
        text = DotsOfAbbreviations().Replace(text.ToLowerInvariant(), "$1m");
        text = Clock().Replace(text, "$1 $2");
        text = HalfDay().Replace(text, " $1m");
        return NotAWord().Replace(text, " ").Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>0 to 19 of a word or numeral.</summary>
    public static bool TryUnit(string word, out int value)
    {
        value = Array.IndexOf(Units, word);
        return value >= 0 || (int.TryParse(word, out value) && value < Units.Length);
    }

    /// <summary>20, 30 … 90 of a word.</summary>
    public static bool TryTens(string word, out int value)
    {
        value = 10 * (Array.IndexOf(Tens, word) + 2);
        return value >= 20;
    }

    public static string Spoken(int number) =>
        number < 20 ? Units[number] : number % 10 == 0 ? Tens[number / 10 - 2] : $"{Tens[number / 10 - 2]} {Units[number % 10]}";

    // "a.m.", "p. m."
    [GeneratedRegex(@"\b([ap])\.\s?m\b\.?")]
    private static partial Regex DotsOfAbbreviations();

    [GeneratedRegex(@"\b(\d{1,2})[:.](\d{2})\b")]
    private static partial Regex Clock();

    // "10am", "p m"
    [GeneratedRegex(@"(?<=\d|\b)([ap])\s?m\b")]
    private static partial Regex HalfDay();

    [GeneratedRegex(@"[^a-z0-9']+")]
    private static partial Regex NotAWord();
}
