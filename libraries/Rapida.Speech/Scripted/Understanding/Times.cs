namespace Rapida.Speech.Scripted.Understanding;

/// <summary>Finds a time of day in what a caller said: "ten thirty", "three o'clock", "quarter past nine", "nine fifteen p m".</summary>
internal static class Times
{
    /// <summary>The time as "HH:mm", or null. Without morning or afternoon, seven to eleven are before noon and the rest after it.</summary>
    public static string? Find(IReadOnlyList<string> words)
    {
        // "for two people at ten thirty": what follows "at" is the time.
        var starts = Enumerable.Range(0, words.Count).OrderByDescending(i => i > 0 && words[i - 1] is "at" or "around" or "about");
        foreach (var start in starts)
            if (At(words, start) is { } time)
                return time;
        return null;
    }

    /// <summary>Whether the words speak of a time of day beyond doubt, and not of any number.</summary>
    public static bool IsExplicit(IReadOnlyList<string> words) =>
        HalfOf(words) is not Half.Unknown || words.Any(word => word is "at" or "o'clock" or "noon" or "midday");

    /// <summary>Keys pressed: 1030, 930, or the hour alone.</summary>
    public static string? FromKeys(string keys)
    {
        var digits = keys.TrimEnd('#');
        if (digits.Length is 0 or > 4 || !int.TryParse(digits, out var number))
            return null;
        return digits.Length <= 2 ? Clock(number, 0, Half.Unknown) : Clock(number / 100, number % 100, Half.Unknown);
    }

    /// <summary>"10:30" → "ten thirty in the morning".</summary>
    public static string Spoken(string time)
    {
        var (hour, minute) = (int.Parse(time.AsSpan(0, 2)), int.Parse(time.AsSpan(3)));
        if ((hour, minute) is (12, 0))
            return "noon";

        var minutes = minute switch { 0 => "", < 10 => $" oh {Words.Spoken(minute)}", _ => $" {Words.Spoken(minute)}" };
        return $"{Words.Spoken((hour + 11) % 12 + 1)}{minutes} in the {hour switch { < 12 => "morning", < 18 => "afternoon", _ => "evening" }}";
    }

    private static string? At(IReadOnlyList<string> words, int start)
    {
        var rest = words.Skip(start).ToArray();
        var half = HalfOf(words);
        return rest switch
        {
            ["noon" or "midday", ..] => "12:00",
            ["half", "past", var hour, ..] => Clock(Hour(hour), 30, half),
            ["quarter", "past", var hour, ..] => Clock(Hour(hour), 15, half),
            ["quarter", "to", var hour, ..] => Clock(Hour(hour) is { } h ? (h + 10) % 12 + 1 : null, 45, half),
            [var hour, .. var minutes] => Clock(Hour(hour), Minute(minutes), half),
            [] => null,
        };
    }

    private static int? Hour(string word) =>
        word is "ate" ? 8 : Words.TryUnit(word, out var hour) && hour is >= 1 and <= 12 || int.TryParse(word, out hour) && hour is >= 13 and <= 23 ? hour : null;

    /// <summary>What follows an hour: nothing, a number from 1 to 59, or something else, which is none of the time.</summary>
    private static int Minute(ReadOnlySpan<string> words) => words switch
    {
        ["and", .. var rest] => Minute(rest),
        ["oh" or "o" or "zero", var unit, ..] when Words.TryUnit(unit, out var value) && value < 10 => value,
        [var tens, var unit, ..] when Words.TryTens(tens, out var ten) && ten < 60 && Words.TryUnit(unit, out var value) && value is > 0 and < 10 => ten + value,
        [var tens, ..] when Words.TryTens(tens, out var ten) && ten < 60 => ten,
        [var teens, ..] when Words.TryUnit(teens, out var value) && value >= 10 => value,
        [var numeral, ..] when numeral.Length == 2 && int.TryParse(numeral, out var value) && value < 60 => value,
        _ => 0,
    };

    private static Half HalfOf(IReadOnlyList<string> words) =>
        words.Index().Any(word => word.Item is "morning" || (word.Item is "am" && FollowsNumber(words, word.Index))) ? Half.Morning
        : words.Any(word => word is "pm" or "afternoon" or "evening" or "tonight") ? Half.Afternoon
        : Half.Unknown;

    // "ten am" is a time, "i am" is not.
    private static bool FollowsNumber(IReadOnlyList<string> words, int index) =>
        index > 0 && (words[index - 1] is "o'clock" || Words.TryUnit(words[index - 1], out _) || Words.TryTens(words[index - 1], out _) || words[index - 1].All(char.IsAsciiDigit));

    private static string? Clock(int? hour, int minute, Half half) => hour is null || minute > 59 ? null : (hour.Value, half) switch
    {
        ( > 23, _) => null,
        (0 or > 12, _) => $"{hour:00}:{minute:00}",
        (12, Half.Morning) => $"00:{minute:00}",
        ( < 12, Half.Afternoon) => $"{hour + 12:00}:{minute:00}",
        ( < 7, Half.Unknown) => $"{hour + 12:00}:{minute:00}",
        _ => $"{hour:00}:{minute:00}",
    };

    private enum Half
    {
        Unknown,
        Morning,
        Afternoon,
    }
}
