using System.Text;

namespace Rapida.Speech.Scripted.Understanding;

/// <summary>Finds digits in what a caller said: "five five five", "double two", "eight hundred", "twenty three", "555-1234".</summary>
internal static class Digits
{
    /// <summary>All digits in order; other words are passed over. Empty when there are none.</summary>
    public static string Find(IReadOnlyList<string> words)
    {
        var digits = new StringBuilder();
        for (var i = 0; i < words.Count; i++)
        {
            var next = i + 1 < words.Count ? words[i + 1] : "";
            if (words[i] is "double" or "triple" && Of(next) is [var repeated])
            {
                digits.Append(repeated, words[i] is "double" ? 2 : 3);
                i++;
            }
            else if (words[i] is "hundred" && digits.Length > 0)
            {
                digits.Append("00");
            }
            else if (Words.TryTens(words[i], out var tens))
            {
                var unit = Words.TryUnit(next, out var value) && value is > 0 and < 10 && next.Length > 1 ? value : 0;
                digits.Append(tens + unit);
                i += unit > 0 ? 1 : 0;
            }
            else
            {
                digits.Append(Of(words[i]) is { Length: > 0 } plain ? plain : Homophone(words, i));
            }
        }

        return digits.ToString();
    }

    /// <summary>The longest string of digits without another word between.</summary>
    public static string LongestRun(IReadOnlyList<string> words)
    {
        var runs = words.Aggregate(new List<List<string>> { new() }, (found, word) =>
        {
            if (IsDigit(word))
                found[^1].Add(word);
            else
                found.Add([]);
            return found;
        });
        return runs.Select(Find).MaxBy(run => run.Length)!;
    }

    /// <summary>"5551234" → "5 5 5, 1 2 3 4": a voice reads it digit by digit, with a breath between groups.</summary>
    public static string Spoken(string digits)
    {
        int[] groups = digits.Length switch { 7 => [3, 4], 10 => [3, 3, 4], _ => [digits.Length] };
        var at = 0;
        return string.Join(", ", groups.Select(length => string.Join(' ', digits.Substring((at += length) - length, length).ToCharArray())));
    }

    private static string Of(string word) =>
        word is "oh" or "o" ? "0"
        : word.All(char.IsAsciiDigit) ? word
        : Words.TryUnit(word, out var value) ? $"{value}"
        : "";

    private static bool IsDigit(string word) => Of(word).Length > 0 || Words.TryTens(word, out _) || word is "hundred" or "double" or "triple";

    // Among digits these are digits: "five to too for" is 5 2 2 4, but "for my number" is nothing.
    private static string Homophone(IReadOnlyList<string> words, int index)
    {
        var amongDigits = (index > 0 && Of(words[index - 1]).Length > 0) || (index + 1 < words.Count && Of(words[index + 1]).Length > 0 && index > 0);
        return !amongDigits ? "" : words[index] switch { "to" or "too" => "2", "for" or "fore" => "4", "ate" => "8", "won" => "1", _ => "" };
    }
}
