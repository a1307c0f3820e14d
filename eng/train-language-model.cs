#:property PublishAot=false
// Writes a back-off trigram model (ARPA) from sentence templates: an interpolated model with absolute discounting.
//   dotnet run eng/train-language-model.cs -- templates.txt model.lm
//
//   # a comment
//   {day} = monday | tuesday | the {ord}         a class: one of these
//   12 {day} at {hour}                           a sentence and its weight
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

const int Sentences = 20_000;
const string Start = "<s>";
const string End = "</s>";

var lines = File.ReadLines(args[0]).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').ToArray();
var classes = lines.Where(line => line[0] == '{' && line.Contains('=')).Select(line => line.Split('=', 2))
    .ToDictionary(parts => parts[0].Trim(), parts => parts[1].Split('|', StringSplitOptions.TrimEntries));
var templates = lines.Where(line => char.IsAsciiDigit(line[0])).Select(line => line.Split(' ', 2)).ToArray();
var total = templates.Sum(template => int.Parse(template[0], CultureInfo.InvariantCulture));

// The same templates always give the same model.
var random = new Random(1);
var counts = new[] { new Dictionary<string, int>(), new Dictionary<string, int>(), new Dictionary<string, int>() };
foreach (var template in templates)
    for (var i = 0; i < (long)Sentences * int.Parse(template[0], CultureInfo.InvariantCulture) / total; i++)
        Count([Start, .. Expand(template[1]).Split(' ', StringSplitOptions.RemoveEmptyEntries), End]);

var levels = new[] { new Level(counts[0].Where(gram => gram.Key != Start)), new Level(counts[1]), new Level(counts[2]) };
File.WriteAllText(args[1], Arpa());

string Expand(string text)
{
    while (Regex.Match(text, @"\{\w+\}") is { Success: true } name)
        text = text[..name.Index] + classes[name.Value][random.Next(classes[name.Value].Length)] + text[(name.Index + name.Length)..];
    return text;
}

void Count(string[] words)
{
    for (var order = 1; order <= 3; order++)
        for (var i = 0; i + order <= words.Length; i++)
        {
            var gram = string.Join(' ', words, i, order);
            counts[order - 1][gram] = counts[order - 1].GetValueOrDefault(gram) + 1;
        }
}

// What a history has not seen it leaves to the shorter one; the shortest to all words alike.
double Probability(int order, string gram)
{
    if (order == 0)
        return 1.0 / levels[0].Grams.Count;
    var lower = Probability(order - 1, gram.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var space ? gram[(space + 1)..] : "");
    return levels[order - 1].Seen(gram) + levels[order - 1].Left(Level.History(gram)) * lower;
}

string Arpa()
{
    var text = new StringBuilder("\\data\\\n");
    for (var order = 1; order <= 3; order++)
        text.Append(CultureInfo.InvariantCulture, $"ngram {order}={levels[order - 1].Grams.Count + (order == 1 ? 1 : 0)}\n");
    for (var order = 1; order <= 3; order++)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n\\{order}-grams:\n");
        if (order == 1)
            text.Append(CultureInfo.InvariantCulture, $"-99.0000 {Start} {Math.Log10(levels[1].Left(Start)):0.0000}\n");
        foreach (var gram in levels[order - 1].Grams.Keys.Order(StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{Math.Log10(Probability(order, gram)):0.0000} {gram}{(order < 3 ? $" {Backoff(order, gram):0.0000}" : "")}\n");
    }

    return text.Append("\n\\end\\\n").ToString();
}

double Backoff(int order, string history) => levels[order].Left(history) is var left && left < 1 ? Math.Log10(left) : 0;

internal sealed class Level
{
    private readonly Dictionary<string, (int Total, int Kinds)> _histories;
    private readonly double _discount;

    public Level(IEnumerable<KeyValuePair<string, int>> grams)
    {
        Grams = new(grams);
        _histories = Grams.GroupBy(gram => History(gram.Key)).ToDictionary(group => group.Key, group => (group.Sum(gram => gram.Value), group.Count()));
        double once = Grams.Values.Count(count => count == 1), twice = Grams.Values.Count(count => count == 2);
        _discount = once > 0 && twice > 0 ? once / (once + 2 * twice) : 0.5;
    }

    public Dictionary<string, int> Grams { get; }

    public static string History(string gram) => gram.LastIndexOf(' ') is >= 0 and var space ? gram[..space] : "";

    public double Seen(string gram) =>
        Grams.TryGetValue(gram, out var count) ? (count - _discount) / _histories[History(gram)].Total : 0;

    /// <summary>The share that a history leaves to words it has not seen.</summary>
    public double Left(string history) =>
        _histories.TryGetValue(history, out var seen) ? _discount * seen.Kinds / seen.Total : 1;
}
