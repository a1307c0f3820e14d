using Rapida.MediaRelay.Sessions;
using Rapida.MediaRelay.Tools;

namespace Rapida.MediaRelay.Playout;

/// <summary>One thing that the assistant says, as far as the session knows of it: the pipeline plans it, the pacer plays it, the ledger settles it.</summary>
internal sealed class AssistantTurn
{
    private readonly List<Sentence> _sentences = [];

    /// <param name="generation">The clears that came before it. A later one voids it.</param>
    public AssistantTurn(int generation)
    {
        Generation = generation;
        Pause = new Sentence(this, "");
    }

    /// <summary>Counts the turns of the session, from 1.</summary>
    public int Number { get; set; }

    public int Generation { get; }

    /// <summary>What is silent between two sentences.</summary>
    public Sentence Pause { get; }

    /// <summary>False: the caller has to hear it out.</summary>
    public bool IsInterruptible { get; init; } = true;

    /// <summary>An answer comes from the model; anything else was known beforehand.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>What it answers; null: nothing.</summary>
    public Question? Question { get; set; }

    public Waterfall Waterfall { get; init; } = new(TimeProvider.System);

    /// <summary>How the call is left when this has been heard; null: it goes on.</summary>
    public Departure? ThenEnd { get; set; }

    public ToolUse Tools { get; } = new();

    /// <summary>Where the caller began to hear it.</summary>
    public long? HeardFrom { get; private set; }

    /// <summary>Where the caller began to hear a voice: synthesised speech begins with a breath of silence.</summary>
    public long? AudibleFrom { get; private set; }

    public long HeardUntil { get; private set; }

    /// <summary>No more sentences will come.</summary>
    public bool IsPlanned { get; private set; }

    /// <summary>In the order in which they are said.</summary>
    public IReadOnlyList<Sentence> Sentences => _sentences;

    public void Add(Sentence sentence)
    {
        _sentences.Add(sentence);
        sentence.Number = _sentences.Count;
    }

    public void Planned() => IsPlanned = true;

    public void Heard(long firstSample, int samples, bool isAudible)
    {
        HeardFrom ??= firstSample;
        HeardUntil = firstSample + samples;
        Waterfall.Reached(WaterfallStage.FirstConfirmed);
        if (isAudible)
            AudibleFrom ??= firstSample;
    }

    /// <summary>What the caller has heard of it, in words.</summary>
    public string HeardText() => Join(sentence => sentence.HeardText());

    /// <summary>The sentences that were not heard to their end.</summary>
    public string UnheardText() => Join(sentence => sentence.WasHeard ? "" : sentence.Text);

    private string Join(Func<Sentence, string> words) => string.Join(' ', _sentences.Select(words).Where(text => text.Length > 0));
}
