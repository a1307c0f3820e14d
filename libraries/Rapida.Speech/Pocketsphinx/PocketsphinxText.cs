using System.Text.RegularExpressions;

namespace Rapida.Speech.Pocketsphinx;

internal static partial class PocketsphinxText
{
    /// <summary>"to(3) &lt;sil&gt; nine" → "to nine": no pronunciation numbers, no fillers.</summary>
    public static string Clean(string? hypothesis) =>
        string.Join(' ', Marks().Replace(hypothesis ?? "", " ").Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"\(\d+\)|<[^>]*>|\[[^\]]*\]|\+\+[^+]*\+\+")]
    private static partial Regex Marks();
}
