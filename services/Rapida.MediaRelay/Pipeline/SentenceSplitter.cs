using System.Text;

namespace Rapida.MediaRelay.Pipeline;

/// <summary>
/// Cuts what a model writes into sentences as it comes: a voice needs a whole sentence for its melody, and the first one soon. Joined with spaces,
/// the sentences are the text.
/// </summary>
/// <param name="startsEarly">The first sentence may be cut behind its first clause, so that the caller hears something sooner.</param>
internal sealed class SentenceSplitter(bool startsEarly = false)
{
    // Shorter clauses sound torn off, and their speech ends before the next is there.
    private const int ShortestClause = 20;

    // A list without a full stop must not keep the caller waiting.
    private const int LongestSentence = 240;

    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "mr.", "mrs.", "ms.", "dr.", "st.", "no.", "vs.", "e.g.", "i.e.", "etc.", "a.m.", "p.m.",
    };

    private readonly StringBuilder _text = new();
    private bool _hasStarted;

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
        _hasStarted |= sentence.Length > 0;
        return sentence.Length > 0 ? sentence : null;
    }

    private bool IsEnd(char next)
    {
        if (_text.Length == 0)
            return false;
        if (next is '\n' || _text.Length >= LongestSentence)
            return true;
        if (startsEarly && !_hasStarted && _text.Length >= ShortestClause && _text[^1] is (',' or ';' or ':' or '–' or '—'))
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
