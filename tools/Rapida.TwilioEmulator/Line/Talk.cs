using Rapida.TwilioEmulator.Calls;

namespace Rapida.TwilioEmulator.Line;

/// <summary>Who made a sound, from when to when, in milliseconds of the line. No end: still going on.</summary>
internal sealed class Run(int startMs)
{
    public int StartMs => startMs;
    public int? EndMs { get; set; }
}

/// <summary>Listens to both directions and notes who spoke when, and how long the other side let the caller wait.</summary>
internal sealed class Talk(CallJournal journal)
{
    // Shorter silences belong to the sentence.
    private const int MergeMs = 200;

    private readonly Lock _lock = new();
    private readonly List<Run> _utterances = [];
    private readonly List<Run> _heard = [];
    private int _lastAudibleMs;

    public void Note(int frameStartMs, bool callerSpeaks, bool heardIsAudible)
    {
        lock (_lock)
        {
            NoteCaller(frameStartMs, callerSpeaks);
            NoteHeard(frameStartMs, heardIsAudible);
        }
    }

    public void End(int nowMs)
    {
        lock (_lock)
        {
            if (_utterances is [.., { EndMs: null } utterance])
                utterance.EndMs = nowMs;
            if (_heard is [.., { EndMs: null } heard])
                heard.EndMs = _lastAudibleMs;
        }
    }

    public (IReadOnlyList<UtteranceReport> Utterances, IReadOnlyList<HeardReport> Heard) Report()
    {
        lock (_lock)
        {
            var utterances = _utterances.Select((u, i) => new UtteranceReport(u.StartMs, u.EndMs, GapAfter(i))).ToList();
            return (utterances, [.. _heard.Select(h => new HeardReport(h.StartMs, h.EndMs))]);
        }
    }

    private void NoteCaller(int now, bool speaks)
    {
        var current = _utterances is [.., { EndMs: null } open] ? open : null;
        if (speaks && current is null)
        {
            _utterances.Add(new Run(now));
            journal.Add(new CallEvent("caller_started") { AtMs = now });
        }
        else if (!speaks && current is not null)
        {
            current.EndMs = now;
            journal.Add(new CallEvent("caller_stopped") { AtMs = now });
        }
    }

    private void NoteHeard(int now, bool audible)
    {
        var current = _heard is [.., { EndMs: null } open] ? open : null;
        if (audible && current is null)
        {
            _heard.Add(new Run(now));
            var gap = _utterances.Count > 0 ? GapAfter(_utterances.Count - 1) : null;
            journal.Add(new CallEvent("heard_started") { AtMs = now, GapMs = _utterances is [.., { EndMs: { } end }] && end + gap == now ? gap : null });
        }
        else if (!audible && current is not null && now - _lastAudibleMs >= MergeMs)
        {
            current.EndMs = _lastAudibleMs;
            journal.Add(new CallEvent("heard_stopped") { AtMs = _lastAudibleMs });
        }
        if (audible)
            _lastAudibleMs = now + Frame.Milliseconds;
    }

    // From the end of an utterance to the first sound that began after it, unless the caller went on first.
    private int? GapAfter(int index)
    {
        if (_utterances[index].EndMs is not { } end)
            return null;
        var next = index + 1 < _utterances.Count ? _utterances[index + 1].StartMs : int.MaxValue;
        return _heard.FirstOrDefault(h => h.StartMs >= end && h.StartMs < next) is { } answer ? answer.StartMs - end : null;
    }
}
