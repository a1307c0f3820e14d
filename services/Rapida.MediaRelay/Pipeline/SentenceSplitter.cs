using System.Text;

namespace Rapida.MediaRelay.Pipeline;

/// <summary>
/// Cuts what a model writes into sentences as it comes: a voice needs a whole sentence for its melody, and the first one soon. Joined with spaces,
/// the sentences are the text.
/// </summary>
internal sealed class SentenceSplitter
{
    // A list without a full stop must not keep the caller waiting.
    private const int LongestSentence = 240;

    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "mr.", "mrs.", "ms.", "dr.", "st.", "no.", "vs.", "e.g.", "i.e.", "etc.", "a.m.", "p.m.",
    };

    private readonly StringBuilder _text = new();

    /// <summary>The sentences that are complete with <paramref name="piece"/>.</summary>
    public IEnumerable<string> Push(string piece)
    {
        foreach (var character in piece)
        {
            var wasEnd = char.IsWhiteSpace(character) && IsEnd(character);
            _text.Append(character);
            if (wasEnd && Finish() is { } sentence)
                yield return sentence;
        }
    }

    /// <summary>What is left when the model has finished.</summary>
    public string? Finish()
    {
        var sentence = _text.ToString().Trim();
        _text.Clear();
        return sentence.Length > 0 ? sentence : null;
    }

    private bool IsEnd(char next)
    {
        if (_text.Length == 0)
            return false;
        if (next is '\n' || _text.Length >= LongestSentence)
            return true;

        // "Is it right?" she said: closing quotes belong to the sentence.
        var last = _text.Length - 1;
        while (last > 0 && _text[last] is '"' or '\'' or ')' or '”' or '’')
            last--;
        return _text[last] is '?' or '!' or '…' || (_text[last] is '.' && !Abbreviations.Contains(LastWord()));
    }

    private string LastWord()
    {
        var start = _text.Length;
        while (start > 0 && !char.IsWhiteSpace(_text[start - 1]))
            start--;
        return _text.ToString(start, _text.Length - start);
    }
}
