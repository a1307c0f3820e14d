namespace Rapida.MediaRelay.Playout;

/// <summary>What the caller has heard: 20 ms at their place in the stream.</summary>
internal delegate void HeardAudio(long firstSample, ReadOnlySpan<byte> mulaw);

/// <summary>What a mark has settled.</summary>
/// <param name="Finished">The turn that has been heard to its end.</param>
/// <param name="IsCleared">What was sent before the last clear is settled.</param>
internal readonly record struct PlayoutNews(AssistantTurn? Finished, bool IsCleared)
{
    public PlayoutNews And(PlayoutNews later) => new(later.Finished ?? Finished, IsCleared || later.IsCleared);
}

/// <summary>
/// What was sent, what was heard, and when. A mark's place is the position of the caller's stream when it comes back (both travel on one
/// socket, so there are no clocks to compare); the audio before it ended there. Between marks the ledger counts samples.
/// </summary>
/// <remarks>Used by the session's loop only.</remarks>
internal sealed class PlayoutLedger(HeardAudio heard) : IPlayoutListener
{
    // A mark waits for the next frame of the line.
    private const long Tolerance = MulawFrame.Size;

    // A mark that is so late does not come any more; what it stood for has been played long ago.
    private static readonly long GivenUpAfter = TimeSpan.FromSeconds(3).ToSamples();

    private readonly FrameRing _sent = new();
    private readonly List<PendingMark> _marks = [];
    private int _unmarked;
    private long _position;
    private long _heardUntil;
    private long _delay;

    /// <summary>Something that was sent may still be heard.</summary>
    public bool IsPlaying => _sent.Count > 0;

    public void Sent(in SpeechFrame frame)
    {
        ref var sent = ref _sent.Add();
        (sent.Frame, sent.At) = (frame, _position);
        _unmarked++;
    }

    public void Marked(Mark mark, AssistantTurn? ended) => Add(mark, _unmarked, ended, isBarrier: false);

    public void Cleared(Mark barrier)
    {
        var open = _marks.Where(mark => !mark.IsBarrier).Sum(mark => mark.Frames) + _unmarked;
        _marks.RemoveAll(mark => !mark.IsBarrier);
        Add(barrier, open, ended: null, isBarrier: true);
    }

    /// <summary>A mark has come back. One that is not awaited (any more) proves nothing.</summary>
    public PlayoutNews Returned(Mark mark)
    {
        // Marks come back in order: those before it have been lost on the way.
        var news = default(PlayoutNews);
        for (var count = CountUpTo(mark); count > 0; count--)
            news = news.And(Settle(_position, isOnTime: count == 1));
        return news;
    }

    /// <summary>The caller's stream has come so far.</summary>
    public PlayoutNews Advance(long position)
    {
        _position = position;
        return _marks is [var oldest, ..] && position > ExpectedEnd(oldest.Frames) + GivenUpAfter
            ? Settle(position, isOnTime: false)
            : default;
    }

    /// <summary>The stream is over: what can have been heard by now was heard, the rest was not.</summary>
    public void SettleAll()
    {
        Hear(_sent.Count, isCut: true, late: 0);
        _marks.Clear();
        _unmarked = 0;
    }

    /// <summary>The frame that the caller is hearing now; empty when there is none.</summary>
    public ReadOnlySpan<byte> Hearing()
    {
        var end = _heardUntil;
        for (var i = 0; i < _sent.Count; i++)
        {
            ref readonly var sent = ref _sent[i];
            end = Math.Max(end, sent.At + _delay) + MulawFrame.Size;
            if (end > _position)
                return sent.Frame.Audio.Span;
        }

        return [];
    }

    // Without a closure, which would be an allocation for each mark.
    private int CountUpTo(Mark mark)
    {
        for (var i = 0; i < _marks.Count; i++)
            if (_marks[i].Mark == mark)
                return i + 1;
        return 0;
    }

    private void Add(Mark mark, int frames, AssistantTurn? ended, bool isBarrier)
    {
        _marks.Add(new PendingMark(mark, frames, ended, isBarrier));
        _unmarked = 0;
    }

    private PlayoutNews Settle(long position, bool isOnTime)
    {
        var mark = _marks[0];
        _marks.RemoveAt(0);
        // Later than the audio accounts for, or earlier than we thought that it had begun.
        var late = isOnTime && !mark.IsBarrier ? position - ExpectedEnd(mark.Frames) : 0;
        Hear(mark.Frames, isCut: mark.IsBarrier, late);
        return new PlayoutNews(mark.Ended, mark.IsBarrier);
    }

    private long ExpectedEnd(int frames)
    {
        var end = _heardUntil;
        for (var i = 0; i < Math.Min(frames, _sent.Count); i++)
            end = Math.Max(end, _sent[i].At) + MulawFrame.Size;
        return end;
    }

    private void Hear(int frames, bool isCut, long late)
    {
        for (var first = true; frames > 0; frames--, first = false)
        {
            ref readonly var sent = ref _sent.Take();
            var start = _heardUntil;
            if (sent.At >= start)
            {
                // Nothing was playing: the way to the caller is what the mark says, or what it was the last time.
                _delay = isCut || late == 0 ? _delay : Math.Max(0, late);
                start = Math.Max(start, sent.At + (isCut ? _delay : late));
                late = 0;
            }
            else if (first && late > Tolerance)
                start += late;

            if (isCut && start + MulawFrame.Size > _position)
                continue;
            Hear(start, sent.Frame);
        }
    }

    private void Hear(long start, in SpeechFrame frame)
    {
        // Said twice is heard once, and recorded twice.
        if (!frame.IsRepeat)
            frame.Sentence!.Heard(MulawFrame.Size);
        frame.Turn.Heard(start, MulawFrame.Size, frame.IsAudible);
        _heardUntil = start + MulawFrame.Size;
        heard(start, frame.Audio.Span);
    }

    private readonly record struct PendingMark(Mark Mark, int Frames, AssistantTurn? Ended, bool IsBarrier);
}
