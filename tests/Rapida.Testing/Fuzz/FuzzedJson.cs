using System.Text;

namespace Rapida.Testing.Fuzz;

/// <summary>JSON that is nearly what was meant.</summary>
public static class FuzzedJson
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e400", "-0", "01", "0.1", "9223372036854775808", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\x\"",
        "\"\\/\"", "[]", "{}", "[[]]", "{\"a\":{}}", "\"-1\"", "\"2147483648\"", "\"99999999999999999999\"", "\"٣\"", "\"=\"", "\"A\"", "\"AAA\"", "\"====\"",
        "NaN", "'a'", "//", "/**/1", "\"\u202e\"", "\"\t\"", "",
    ];

    /// <summary>Changes one message in one way, or in a few.</summary>
    public static byte[] Spoil(Random random, string message)
    {
        var text = Spoiled(random, message);
        while (random.OneIn(4))
            text = Spoiled(random, text);
        var bytes = Encoding.UTF8.GetBytes(text);
        if (random.OneIn(6) && bytes.Length > 0)
            random.NextBytes(bytes.AsSpan(random.Next(bytes.Length)) is var rest ? rest[..Math.Min(rest.Length, 1 + random.Next(4))] : default);
        return bytes;
    }

    /// <summary>Arrays or objects within each other, closed or not.</summary>
    public static string Deep(Random random)
    {
        var depth = random.Pick([10, 63, 64, 65, 100, 1_000, 10_000]);
        var (open, close) = random.OneIn(2) ? ("[", "]") : ("{\"a\":", "}");
        return string.Concat(Enumerable.Repeat(open, depth)) + "1" + (random.OneIn(2) ? string.Concat(Enumerable.Repeat(close, depth)) : "");
    }

    private static string Spoiled(Random random, string text) => random.Next(10) switch
    {
        0 => text[..random.Next(text.Length + 1)],
        1 => text + random.Pick(["}", "x", "\0", text, " ", ","]),
        2 => Deep(random),
        3 => Insert(random, text, $"\"{random.Pick(["event", "streamSid", "media", "start", "stop", "a"])}\":{Value(random)},"),
        4 => Insert(random, text, $"\"new\":{Deep(random)},"),
        5 => text.Replace("event", random.Pick(["\\u0065vent", "Event", "event\\u0000", "eve\\u006et"]), StringComparison.Ordinal),
        _ => Replace(random, text),
    };

    private static string Value(Random random) => random.Next(12) switch
    {
        0 => $"\"{new string('x', random.Next(70_000))}\"",
        1 => Deep(random),
        _ => random.Pick(Values),
    };

    private static string Insert(Random random, string text, string member)
    {
        var at = text.IndexOf('{', random.Next(text.Length + 1)) + 1;
        return text.Insert(at, member);
    }

    /// <summary>Another value in the place of one of the strings.</summary>
    private static string Replace(Random random, string text)
    {
        var from = text.IndexOf('"', random.Next(text.Length + 1));
        var until = from < 0 ? -1 : text.IndexOf('"', from + 1);
        return until < 0 ? text + Value(random) : text[..from] + Value(random) + text[(until + 1)..];
    }
}
