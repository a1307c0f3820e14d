using System.Globalization;
using System.Text.RegularExpressions;

namespace Rapida.Testing;

/// <summary>A file of http/, as editors read it: variables, then requests that are parted by <c>###</c> and a sentence.</summary>
public sealed partial class HttpFile
{
    private HttpFile(string name) => Name = name;

    public string Name { get; }

    /// <summary><c>@host = http://localhost:5300</c></summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>In their order.</summary>
    public List<HttpFileRequest> Requests { get; } = [];

    public static IEnumerable<HttpFile> All() => Directory.EnumerateFiles(Checkout.PathOf("http"), "*.http").Order(StringComparer.Ordinal).Select(Read);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static HttpFile Read(string path)
    {
        var file = new HttpFile(Path.GetFileName(path));
        var parts = Border().Split(File.ReadAllText(path));
        foreach (Match variable in Variable().Matches(parts[0]))
            file.Variables.Add(variable.Groups[1].Value, variable.Groups[2].Value);
        file.Requests.AddRange(parts.Skip(1).Select(part => HttpFileRequest.Read(file.Name, part)));
        return file;
    }

    [GeneratedRegex("^### ", RegexOptions.Multiline)]
    private static partial Regex Border();

    [GeneratedRegex(@"^@(\w+) = (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Variable();
}

/// <summary>One request of a file.</summary>
/// <param name="Title">Says what it does, and of one that fails <c>404, code call_unknown</c>.</param>
/// <param name="Name"><c># @name placed</c>: others use its answer. Null: it has none.</param>
/// <param name="Target">From the host, with its query: <c>/v1/calls/{{placed.response.body.$.id}}</c>.</param>
public sealed partial record HttpFileRequest(
    string File, string Title, string? Name, string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, string? Body)
{
    /// <summary>Null: it succeeds.</summary>
    public string? Code => Said("code");

    /// <summary>The status of the refusal; null: it succeeds.</summary>
    public int? Status => Said("status") is { } status ? int.Parse(status, CultureInfo.InvariantCulture) : null;

    /// <summary>Without the query.</summary>
    public string Path => Target.Split('?')[0];

    /// <summary>What stands in double braces.</summary>
    public IEnumerable<string> Uses => Use().Matches($"{Target}\n{string.Join('\n', Headers)}\n{Body}").Select(use => use.Groups[1].Value);

    /// <summary>The text with what a reader puts in the place of double braces.</summary>
    public static string Fill(string text, Func<string, string> valueOf) => Use().Replace(text, use => valueOf(use.Groups[1].Value));

    /// <inheritdoc/>
    public override string ToString() => $"{File}: {Title}";

    internal static HttpFileRequest Read(string file, string text)
    {
        var halves = text.Trim().Split("\n\n", 2);
        var lines = halves[0].Split('\n');
        var name = lines[1].StartsWith("# @name ", StringComparison.Ordinal) ? lines[1]["# @name ".Length..] : null;
        var head = lines.Skip(name is null ? 1 : 2).ToList();
        var asked = head[0].Split(' ');
        if (asked is not [var method, var url] || !url.StartsWith("{{host}}/", StringComparison.Ordinal))
            throw new FormatException($"{file}: {lines[0]}: {head[0]} is not a method and {{{{host}}}} with a path.");
        var headers = head.Skip(1).Select(line => line.Split(": ", 2)).Select(parts => (parts[0], parts[1])).ToList();
        return new(file, lines[0], name, method, url["{{host}}".Length..], headers, halves.Length > 1 ? halves[1] : null);
    }

    private string? Said(string part) => Refusal().Match(Title) is { Success: true } said ? said.Groups[part].Value : null;

    [GeneratedRegex(@"(?<status>\d{3}), code (?<code>\w+)")]
    private static partial Regex Refusal();

    [GeneratedRegex(@"\{\{(.+?)\}\}")]
    private static partial Regex Use();
}
