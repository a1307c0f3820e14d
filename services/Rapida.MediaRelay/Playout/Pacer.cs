using System.Collections.Concurrent;
using System.Diagnostics;
using Rapida.MediaRelay.Sessions;

namespace Rapida.MediaRelay.Playout;

/// <summary>
/// Sends speech 100 to 200 ms ahead of the caller's ear, so that an interruption has little to take back and a stall of ours is not heard. It counts by
/// the clock and not by ticks: what a stall has delayed is due at once. The caller's own frames are its ticks, so that sending costs no timer and no
/// other thread; an alarm rings when they stay away.
/// </summary>
internal sealed class Pacer(ICallerLine line, PlayoutQueue queue, IPlayoutListener listener, TimeProvider clock)
{
    private const int FramesPerMessage = 5;
    private const int FramesPerMark = 10;

    /// <summary>100 ms of mu-law.</summary>
    public const int LongestMessage = FramesPerMessage * MulawFrame.Size;

    // Ahead of the caller's ear.
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(200);

    // At the caller's last frame before it becomes late.
    private static readonly TimeSpan Early = Least + MulawFrame.Duration;

    private readonly byte[] _message = new byte[LongestMessage];
    private readonly RecentSpeech _recent = new();
    private readonly CarrierClock _carrier = new();
    private readonly ConcurrentQueue<(Mark Mark, long At)> _returned = new();
    private long _startedAt;
    private int _generation;
    private int _marks;
    private int _sent;
    private int _unmarked;
    private long _nextAt = long.MaxValue;
    private bool _isHolding;
    private bool _ranDry;

    /// <summary>The one loop that sends to the caller.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var alarm = clock.CreateTimer(_ => queue.Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // A token in each wait would cost an allocation each time.
        await using var over = cancellationToken.Register(queue.Wake);
        while (true)
        {
            await queue.WaitAsync();
            cancellationToken.ThrowIfCancellationRequested();
            var wait = await StepAsync(cancellationToken);
            // Timers count whole milliseconds and cut off the rest: it would ring again and again until it is time.
            alarm.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>20 ms have come from the caller: sends what would become late before the next.</summary>
    public void Tick()
    {
        if (clock.GetTimestamp() >= Volatile.Read(ref _nextAt))
            queue.Wake();
    }

    /// <summary>A mark has come back: what was before it has been played now.</summary>
    public void Returned(Mark mark) => _returned.Enqueue((mark, clock.GetTimestamp()));

    /// <summary>Sends what is due now.</summary>
    /// <returns>How long to wait for more to be due; infinite: until there is more.</returns>
    public async ValueTask<TimeSpan> StepAsync(CancellationToken cancellationToken)
    {
        if (queue.TakeClear(out _generation))
            await ClearAsync(cancellationToken);
        if (queue.IsHeld)
        {
            await HoldAsync(cancellationToken);
            return SleepUntilWoken();
        }

        GoOn();
        return await SendDueAsync(cancellationToken);
    }

    /// <summary>What is with the carrier is heard out: a mark tells when.</summary>
    private async ValueTask HoldAsync(CancellationToken cancellationToken)
    {
        if (!_isHolding && _unmarked > 0)
            await MarkAsync(ended: null, cancellationToken);
        _isHolding = true;
    }

    private void GoOn()
    {
        if (_isHolding && HasRunDry)
            _recent.Rewind();
        _isHolding = false;
    }

    private async ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        var barrier = new Mark(_generation, ++_marks);
        listener.Cleared(barrier);
        await line.MarkAsync(barrier, cancellationToken);
        await line.ClearAsync(cancellationToken);
        RelayMetrics.ClearDelay.Record(Stopwatch.GetElapsedTime(queue.ClearedAt).TotalSeconds);
        (_sent, _unmarked) = (0, 0);
        _recent.Clear();
    }

    /// <summary>Speech begins anew.</summary>
    private void Restart()
    {
        (_startedAt, _sent) = (clock.GetTimestamp(), 0);
        _carrier.Restart();
    }

    /// <summary>The caller's ear is where the carrier is, and its clock is not ours.</summary>
    private void FollowTheCarrier()
    {
        while (_returned.TryDequeue(out var returned))
            _startedAt += (long)(_carrier.Returned(returned.Mark, clock.GetElapsedTime(_startedAt, returned.At)).TotalSeconds * clock.TimestampFrequency);
    }

    // The caller has heard all that was sent.
    private bool HasRunDry => Lead <= TimeSpan.Zero;

    private TimeSpan Lead => _sent * MulawFrame.Duration - clock.GetElapsedTime(_startedAt);

    private async ValueTask<TimeSpan> SendDueAsync(CancellationToken cancellationToken)
    {
        FollowTheCarrier();
        if (HasRunDry)
            Restart();

        while (true)
        {
            // Asked once: between two readings of the clock the next message may become due, and nobody would be woken for it.
            var lead = _sent == 0 ? TimeSpan.Zero : Lead;
            if (lead > Early)
                return SleepUntilLate(lead);
            // What starts, or starts again after the voice was slower than the caller's ear, was not due before it was there.
            var isFollowing = _sent > 0 && !_ranDry;
            _ranDry = !Gather((int)((Most - lead) / MulawFrame.Duration), out var frames, out var ended);
            if (_ranDry)
                return SleepUntilWoken();

            if (isFollowing)
                RelayMetrics.PacerLateness.Record(Math.Max(0, (Least - lead).TotalSeconds));
            if (frames > 0)
                await line.PlayAsync(_message.AsMemory(0, frames * MulawFrame.Size), cancellationToken);
            if (ended is not null || _unmarked >= FramesPerMark)
                await MarkAsync(ended, cancellationToken);
        }
    }

    private ValueTask MarkAsync(AssistantTurn? ended, CancellationToken cancellationToken)
    {
        _unmarked = 0;
        var mark = new Mark(_generation, ++_marks);
        listener.Marked(mark, ended);
        _carrier.Sent(mark, _sent * MulawFrame.Duration);
        return line.MarkAsync(mark, cancellationToken);
    }

    private TimeSpan SleepUntilLate(TimeSpan lead)
    {
        var early = _sent * MulawFrame.Duration - Early;
        Volatile.Write(ref _nextAt, _startedAt + (long)(early.TotalSeconds * clock.TimestampFrequency));
        return lead - Least;
    }

    private TimeSpan SleepUntilWoken()
    {
        Volatile.Write(ref _nextAt, long.MaxValue);
        return Timeout.InfiniteTimeSpan;
    }

    private bool Gather(int room, out int frames, out AssistantTurn? ended)
    {
        (frames, ended) = (0, null);
        while (frames < Math.Min(room, FramesPerMessage) && ended is null && TryTakeNext(out var frame))
        {
            if (frame.Sentence is null)
            {
                ended = frame.Turn;
                _recent.Clear();
                break;
            }

            frame.Audio.Span.CopyTo(_message.AsSpan(frames * MulawFrame.Size));
            listener.Sent(frame);
            frame.Turn.Waterfall.Reached(WaterfallStage.FirstSent);
            frames++;
        }

        _sent += frames;
        _unmarked += frames;
        return frames > 0 || ended is not null;
    }

    private bool TryTakeNext(out SpeechFrame frame)
    {
        if (_recent.TryRepeat(out frame))
            return true;
        if (!queue.TryRead(_generation, out frame))
            return false;
        if (frame.Sentence is not null)
            _recent.Add(frame);
        return true;
    }
}
