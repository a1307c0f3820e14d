using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Settings;
using Rapida.Speech;

namespace Rapida.MediaRelay.Sessions;

/// <summary>
/// How long this caller has to be silent to have finished: longer than the pauses in the middle of his sentences, which it learns from him; longer
/// still when the sentence is plainly unfinished; and shorter when all that was asked for has been said.
/// </summary>
internal sealed class CallerPauses(TurnTakingOptions options)
{
    // Shorter gaps lie between syllables.
    private static readonly long Gap = TimeSpan.FromMilliseconds(200).ToSamples();
    private static readonly long Margin = TimeSpan.FromMilliseconds(200).ToSamples();

    // Who has not paused for so many turns does not pause.
    private const double Forgets = 0.85;

    private static readonly HashSet<string> Unfinished = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "about", "an", "and", "at", "because", "but", "for", "from", "i'm", "if", "in", "is", "it's", "like", "my", "of", "on", "or", "so", "than",
        "that's", "the", "to", "uh", "um", "when", "with", "your",
    };

    private static readonly HashSet<string> Answers = new(StringComparer.OrdinalIgnoreCase) { "yes", "no", "yeah", "yep", "nope", "correct", "right", "wrong" };

    private readonly long _shortest = options.ShortestSilence.ToSamples();
    private readonly long _longest = options.LongestSilence.ToSamples();
    private readonly long _unfinished = options.UnfinishedSilence.ToSamples();
    private long _pause = options.Silence.ToSamples() - Margin;

    /// <summary>The caller was silent for so many samples, and then went on.</summary>
    public void WentOnAfter(long silence)
    {
        if (silence >= Gap)
            _pause = Math.Max(_pause, silence);
    }

    /// <summary>The caller has finished.</summary>
    public void Finished() => _pause = (long)(_pause * Forgets);

    /// <summary>The silence that ends a turn, in samples.</summary>
    /// <param name="words">What the recogniser makes of it so far.</param>
    /// <param name="hint">What was asked for.</param>
    public long Needed(ReadOnlySpan<char> words, RecognitionHint hint)
    {
        var needed = Math.Clamp(_pause + Margin, _shortest, _longest);
        var last = words[(words.LastIndexOf(' ') + 1)..].Trim(",.!?");
        if (Unfinished.GetAlternateLookup<ReadOnlySpan<char>>().Contains(last))
            return Math.Max(needed, _unfinished);

        return hint switch
        {
            // People breathe between two groups of a number.
            RecognitionHint.Digits => Math.Max(needed, options.Silence.ToSamples()),
            RecognitionHint.YesOrNo when Answers.GetAlternateLookup<ReadOnlySpan<char>>().Contains(last) => _shortest,
            _ => needed,
        };
    }
}
