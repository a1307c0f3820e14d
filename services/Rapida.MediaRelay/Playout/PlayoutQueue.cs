using System.Diagnostics;
using System.Threading.Channels;

namespace Rapida.MediaRelay.Playout;

/// <summary>20 ms on their way to the caller, or the end of a turn.</summary>
internal struct SpeechFrame
{
    /// <summary>Mu-law, <see cref="MulawFrame.Size"/> bytes that nobody changes any more.</summary>
    public ReadOnlyMemory<byte> Audio;

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
    // Ten seconds: speech synthesis runs ahead of real time and then waits here, until a second has been played. Not for every frame: it is woken less often.
    private const int MostFrames = 500;
    private const int EnoughFrames = 450;

    private readonly Lock _lock = new();
    private readonly Queue<SpeechFrame> _frames = new();

    // One wake-up is as good as many. Whoever wakes the pacer goes on as the pacer, so that a clear does not wait for a thread.
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, AllowSynchronousContinuations = true });

    private TaskCompletionSource? _room;
    private int _generation;
    private bool _isClearDue;
    private long _clearedAt;
    private bool _isDry = true;
    private volatile bool _isHeld;

    /// <summary>The caller may want to speak: nothing more is sent, and nothing is void yet.</summary>
    public bool IsHeld => _isHeld;

    /// <summary>Counts the clears: a turn of an older generation is not played any more.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>When the last clear was asked for: the machine's time, as <see cref="Stopwatch"/> has it.</summary>
    public long ClearedAt => Volatile.Read(ref _clearedAt);

    /// <summary>Takes the frame, and then waits while there is more than enough.</summary>
    public ValueTask WriteAsync(SpeechFrame frame, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);

        bool wasDry;
        TaskCompletionSource? room = null;
        lock (_lock)
        {
            _frames.Enqueue(frame);
            (wasDry, _isDry) = (_isDry, false);
            if (_frames.Count >= MostFrames)
                room = _room ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        // While there is more to play the pacer's own alarm wakes it.
        if (wasDry)
            Wake();
        return room is null ? ValueTask.CompletedTask : new(room.Task.WaitAsync(cancellationToken));
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
        Void(isClearDue: true);
    }

    /// <summary>Makes everything void that belongs to turns so far. Nothing of it was sent.</summary>
    public void Drop() => Void(isClearDue: false);

    /// <summary>Whether something that was sent before <paramref name="generation"/>, the present one, is to be taken back; once.</summary>
    public bool TakeClear(out int generation)
    {
        lock (_lock)
        {
            generation = _generation;
            var isDue = _isClearDue;
            _isClearDue = false;
            return isDue;
        }
    }

    /// <summary>The next frame of this generation. Older ones are dropped, newer ones wait. When there is none the next one wakes.</summary>
    public bool TryRead(int generation, out SpeechFrame frame)
    {
        lock (_lock)
        {
            while (_frames.TryPeek(out frame) && frame.Turn.Generation <= generation)
            {
                _frames.Dequeue();
                if (_room is not null && _frames.Count <= EnoughFrames)
                {
                    _room.SetResult();
                    _room = null;
                }

                if (frame.Turn.Generation == generation)
                    return true;
            }

            _isDry = true;
            return false;
        }
    }

    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Waits for a frame after there was none, for a clear or a <see cref="Wake"/>.</summary>
    public ValueTask<bool> WaitAsync() => _wake.Reader.ReadAsync();

    // In one step: a clear that is taken between the two would be the one before.
    private void Void(bool isClearDue)
    {
        lock (_lock)
        {
            _generation++;
            _isClearDue |= isClearDue;
        }

        Resume();
    }
}
