using System.Collections.Immutable;
using Rapida.Speech.Scripted.Understanding;

namespace Rapida.Speech.Scripted;

/// <summary>
/// Where a scripted conversation stands. It is a pure function of what the caller has said: replaying the caller's messages gives the same state, on any
/// machine and after any resume.
/// </summary>
internal sealed record Dialogue(DialogueScript Script)
{
    public ImmutableSortedDictionary<string, string> Slots { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Digits that have come while more are awaited.</summary>
    public string Partial { get; init; } = "";

    /// <summary>Answers in a row that were not understood.</summary>
    public int Misses { get; init; }

    public bool HasSpoken { get; init; }

    public DialogueStage Stage { get; init; } = DialogueStage.Asking;

    /// <summary>What is being asked for; null when everything is settled.</summary>
    public SlotScript? Asked => Script.Slots.FirstOrDefault(slot => !Slots.ContainsKey(slot.Name));

    public RecognitionHint Expecting => Stage switch
    {
        DialogueStage.Confirming or DialogueStage.Changing => RecognitionHint.YesOrNo,
        DialogueStage.Asking when Asked?.Kind is SlotKind.Digits => RecognitionHint.Digits,
        DialogueStage.Asking => RecognitionHint.DayAndTime,
        _ => RecognitionHint.Anything,
    };

    /// <summary>How many keys make the answer complete.</summary>
    public int? ExpectedKeys => Stage switch
    {
        DialogueStage.Confirming or DialogueStage.Changing => 1,
        DialogueStage.Asking => Asked switch
        {
            { Kind: SlotKind.Day } => 1,
            { Kind: SlotKind.Time } => 4,
            { Kind: SlotKind.Digits } slot => slot.Lengths.Max() - Partial.Length,
            _ => null,
        },
        _ => null,
    };

    /// <summary>The conversation after the caller's next words or keys.</summary>
    public Dialogue Hear(string text)
    {
        if (Stage is DialogueStage.Booked or DialogueStage.Left or DialogueStage.GaveUp)
            return this;

        var heard = Keypad.TryRead(text, out var keys) ? HearKeys(keys) : HearWords(Words.Of(text));
        if (heard is not null)
            return (heard with { Misses = 0, HasSpoken = true }).Proceed();

        var missed = this with { Misses = Misses + 1, HasSpoken = true };
        return missed.Misses >= Script.Tries ? missed with { Stage = DialogueStage.GaveUp } : missed;
    }

    private Dialogue? HearKeys(string keys) => Stage switch
    {
        DialogueStage.Confirming => YesOrNo.FromKey(keys) is { } yes ? Answer(yes) : null,
        _ => Asked switch
        {
            { Kind: SlotKind.Day } slot => Days.FromKey(keys) is { } day ? Set(slot, day) : null,
            { Kind: SlotKind.Time } slot => Times.FromKeys(keys) is { } time ? Set(slot, time) : null,
            { Kind: SlotKind.Digits } slot => Gather(slot, keys.Replace("#", "").Replace("*", "")),
            _ => null,
        },
    };

    private Dialogue? HearWords(string[] words)
    {
        if (words.Any(word => word is "goodbye" or "bye") && YesOrNo.Find(words) is not true)
            return this with { Stage = DialogueStage.Left };
        if (words.Any(word => word is "repeat" or "pardon") || words is [.., "say", "that", "again"])
            return this;

        var learned = Learn(words);
        var answer = YesOrNo.Find(words);
        return Stage switch
        {
            DialogueStage.Confirming when answer is true => learned ?? Answer(yes: true),
            DialogueStage.Confirming or DialogueStage.Changing => learned ?? Named(words) ?? (answer is { } yes ? Answer(yes) : null),
            _ => learned ?? StartOver(words, answer) ?? Greeting(words),
        };
    }

    /// <summary>Yes books; no asks what is wrong; yes to that question was a change of mind, and everything is read back again.</summary>
    private Dialogue Answer(bool yes) => this with
    {
        Stage = !yes ? DialogueStage.Changing : Stage is DialogueStage.Changing ? DialogueStage.Confirming : DialogueStage.Booked,
    };

    /// <summary>"The time", "my number": that slot is asked again.</summary>
    private Dialogue? Named(string[] words)
    {
        var kind = words.Select(word => word switch
        {
            "day" or "date" => SlotKind.Day,
            "time" or "hour" => SlotKind.Time,
            "number" or "phone" or "digits" => SlotKind.Digits,
            _ => (SlotKind?)null,
        }).FirstOrDefault(named => named is not null);

        return Script.Slots.FirstOrDefault(slot => slot.Kind == kind) is { } slot
            ? this with { Stage = DialogueStage.Asking, Slots = Slots.Remove(slot.Name), Partial = "" }
            : null;
    }

    private Dialogue? StartOver(string[] words, bool? answer) =>
        Partial.Length > 0 && (answer is false || words is [.., "over"] or [.., "again"]) ? this with { Partial = "" } : null;

    /// <summary>"Hello, I need an appointment" is a good first answer to any question, but no second.</summary>
    private Dialogue? Greeting(string[] words) =>
        !HasSpoken && words.Any(word => word is "hello" or "hi" or "appointment" or "book" or "schedule" or "reservation") ? this : null;

    /// <summary>Every slot that the words fill, in whatever order they came; null when they fill none anew.</summary>
    private Dialogue? Learn(string[] words)
    {
        var asked = Stage is DialogueStage.Asking ? Asked?.Kind : null;
        var day = Days.Find(words);
        // A number is a time when one is asked for, or when the words say so; many digits in a row are a telephone number.
        var number = Digits.LongestRun(words) is { Length: >= 7 } run ? run : "";
        var tellsTime = (asked is SlotKind.Time && number.Length == 0) || day is not null || Times.IsExplicit(words);
        var time = tellsTime ? Times.Find(words) : null;
        var digits = asked is SlotKind.Digits && time is null ? Digits.Find(words) : number;

        var learned = this;
        if (day is not null)
            learned = learned.Set(SlotKind.Day, day);
        if (time is not null)
            learned = learned.Set(SlotKind.Time, time);
        if (digits.Length > 0 && Script.Slots.FirstOrDefault(slot => slot.Kind is SlotKind.Digits) is { } slot)
            learned = learned.Gather(slot, digits) ?? learned;
        return learned == this ? null : learned with { Stage = DialogueStage.Asking };
    }

    /// <summary>Digits may come in several utterances; a caller may also begin again.</summary>
    private Dialogue? Gather(SlotScript slot, string digits)
    {
        var all = Partial + digits;
        if (slot.Lengths.Contains(all.Length))
            return Set(slot, all) with { Partial = "" };
        if (slot.Lengths.Contains(digits.Length))
            return Set(slot, digits) with { Partial = "" };
        if (digits.Length > 0 && all.Length < slot.Lengths.Max())
            return this with { Partial = all, Slots = Slots.Remove(slot.Name) };
        return Partial.Length > 0 ? this with { Partial = "" } : null;
    }

    private Dialogue Set(SlotKind kind, string value) => Script.Slots.FirstOrDefault(slot => slot.Kind == kind) is { } slot ? Set(slot, value) : this;

    private Dialogue Set(SlotScript slot, string value) => this with { Slots = Slots.SetItem(slot.Name, value) };

    /// <summary>Everything settled is read back; anything missing is asked for.</summary>
    private Dialogue Proceed() => Stage is DialogueStage.Asking && Asked is null ? this with { Stage = DialogueStage.Confirming } : this;
}

internal enum DialogueStage
{
    /// <summary>Something is still to be found out.</summary>
    Asking,

    /// <summary>Everything was read back: is it right?</summary>
    Confirming,

    /// <summary>It was not: what shall change?</summary>
    Changing,

    /// <summary>It was.</summary>
    Booked,

    /// <summary>The caller said goodbye before the end.</summary>
    Left,

    /// <summary>The assistant could not understand the caller.</summary>
    GaveUp,
}
