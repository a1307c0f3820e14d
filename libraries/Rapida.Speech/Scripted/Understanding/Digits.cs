using System.Text;

namespace Rapida.Speech.Scripted.Understanding;

/// <summary>Finds digits in what a caller said: "five five five", "double two", "eight hundred", "twenty three", "555-1234".</summary>
internal static class Digits
{
    /// <summary>All digits in order; other words are passed over. Empty when there are none.</summary>
    public static string Find(IReadOnlyList<string> words) => string.Concat(Runs(words));

    /// <summary>The longest string of digits without another word between.</summary>
    public static string LongestRun(IReadOnlyList<string> words) => Runs(words).MaxBy(run => run.Length) ?? "";

    /// <summary>"5551234" → "5 5 5, 1 2 3 4": a voice reads it digit by digit, with a breath between groups.</summary>
    public static string Spoken(string digits)
    {
        int[] groups = digits.Length switch { 7 => [3, 4], 10 => [3, 3, 4], _ => [digits.Length] };
        var at = 0;
        return string.Join(", ", groups.Select(length => string.Join(' ', digits.Substring((at += length) - length, length).ToCharArray())));
    }

    private static List<string> Runs(IReadOnlyList<string> words)
    {
        List<string> runs = [];
        var run = new StringBuilder();
        for (var i = 0; i < words.Count;)
        {
            var (digits, used) = At(words, i, inRun: run.Length > 0);
            run.Append(digits);
            i += used;
            if (run.Length > 0 && (digits.Length == 0 || i == words.Count))
            {
                runs.Add(run.ToString());
                run.Clear();
            }
        }

        return runs;
    }

    /// <summary>The digits that begin at a word, and how many words they take; none take one.</summary>
    private static (string Digits, int Words) At(IReadOnlyList<string> words, int index, bool inRun)
    {
        var word = words[index];
        var next = index + 1 < words.Count ? words[index + 1] : "";
        return word switch
        {
            "double" or "triple" when Single(next) is { } digit => (new string(digit, word is "double" ? 2 : 3), 2),
            "hundred" when inRun => ("00", 1),
            _ when Words.TryTens(word, out var tens) && Single(next) is { } digit and > '0' => ($"{tens / 10}{digit}", 2),
            _ when Words.TryTens(word, out var tens) => ($"{tens}", 1),
            _ => (Plain(word) ?? (inRun ? Homophone(word) : ""), 1),
        };
    }

    private static string? Plain(string word) =>
        word is "oh" or "o" ? "0" : word.All(char.IsAsciiDigit) ? word : Words.TryUnit(word, out var value) ? $"{value}" : null;

    private static char? Single(string word) => word.Length > 0 && Plain(word) is [var digit] ? digit : null;

    // After a digit these are digits too: "five to too for" is 5 2 2 4, but "for my phone" is nothing.
    private static string Homophone(string word) => word switch { "to" or "too" => "2", "for" or "fore" => "4", "ate" => "8", "won" => "1", _ => "" };
}
