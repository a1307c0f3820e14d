using System.Text.RegularExpressions;

namespace Rapida.Gateway.Docs;

// Here, because one generator does not see what another has made of the markup.
public partial class Phrase
{
    [GeneratedRegex(@"`(?<code>[^`]*)`|\[(?<link>[^\]]+)\]\((?<to>[^)]+)\)|[^`\[]+|.", RegexOptions.Singleline)]
    private static partial Regex Parts();
}
