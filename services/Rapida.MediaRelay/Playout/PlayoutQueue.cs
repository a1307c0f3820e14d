using System.Diagnostics;
using System.Threading.Channels;

namespace Rapida.MediaRelay.Playout;

/// <summary>20 ms on their way to the caller, or the end of a turn.</summary>
internal struct SpeechFrame
{
    public MulawFrame Audio;

    /// <summary>What the audio is part of; null: the turn ends here, and there is no audio.</summary>
    public Sentence? Sentence;

    public AssistantTurn Turn;

    /// <summary>It is more than the breath between two words.</summary>
    public bool IsAudible;

    /// <summary>The caller has heard it once already.</summary>
    public bool IsRepeat;
}

/// <summary>What has been synthesised and not been sent. Written by the pipelines, emptied by the pacer, made void by whoever interrupts.</summary>
internal sealed class PlayoutQueue
{
    // Ten seconds: speech synthesis runs ahead of real time and then waits here.
    private readonly Channel<SpeechFrame> _frames = Channel.CreateBounded<SpeechFrame>(500);

    // One wake-up is as good as many. Whoever wakes the pacer goes on as the pacer, so that a clear does not wait for a thread.
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, AllowSynchronousContinuations = true });

    private int _generation;
    private bool _isClearDue;
    private long _clearedAt;
    private int _isDry = 1;
    private volatile bool _isHeld;

    /// <summary>The caller may want to speak: nothing more is sent, and nothing is void yet.</summary>
    public bool IsHeld => _isHeld;

    /// <summary>Counts the clears: a turn of an older generation is not played any more.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>When the last clear was asked for: the machine's time, as <see cref="Stopwatch"/> has it.</summary>
    public long ClearedAt => Volatile.Read(ref _clearedAt);

    public async ValueTask WriteAsync(SpeechFrame frame, CancellationToken cancellationToken)
    {
        await _frames.Writer.WriteAsync(frame, cancellationToken);
        // While there is more to play the pacer's own alarm wakes it.
        if (Interlocked.Exchange(ref _isDry, 0) == 1)
            Wake();
    }

    public void Hold() => _isHeld = true;

    public void Resume()
    {
        _isHeld = false;
        Wake();
    }

    /// <summary>Makes everything void that belongs to turns so far, and takes back what was sent of it.</summary>
    public void Clear()
    {
        Volatile.Write(ref _clearedAt, Stopwatch.GetTimestamp());
        Volatile.Write(ref _isClearDue, true);
        Drop();
    }

    /// <summary>Makes everything void that belongs to turns so far. Nothing of it was sent.</summary>
    public void Drop()
    {
        Interlocked.Increment(ref _generation);
        Resume();
    }

    /// <summary>Whether something that was sent is to be taken back; once.</summary>
    public bool TakeClear() => Interlocked.Exchange(ref _isClearDue, false);

    /// <summary>The next frame of this generation. Older ones are dropped, newer ones wait. When there is none the next one wakes.</summary>
    public bool TryRead(int generation, out SpeechFrame frame)
    {
        if (TryTake(generation, out frame))
            return true;

        // Said first, and then looked again: what was written in between would wake nobody.
        Interlocked.Exchange(ref _isDry, 1);
        return TryTake(generation, out frame);
    }

    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Waits for a frame after there was none, for a clear or a <see cref="Wake"/>.</summary>
    public ValueTask<bool> WaitAsync() => _wake.Reader.ReadAsync();

    private bool TryTake(int generation, out SpeechFrame frame)
    {
        while (_frames.Reader.TryPeek(out frame) && frame.Turn.Generation <= generation)
        {
            if (_frames.Reader.TryRead(out frame) && frame.Turn.Generation == generation)
                return true;
        }

        return false;
    }
}
