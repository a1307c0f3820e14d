using System.Diagnostics;
using Rapida.MediaRelay.Sessions;

namespace Rapida.MediaRelay.Playout;

/// <summary>
/// Sends speech 100 to 200 ms ahead of the caller's ear, so that an interruption has little to take back and a stall of ours is not heard. It counts by
/// the clock and not by ticks: what a stall has delayed is due at once.
/// </summary>
internal sealed class Pacer(ICallerLine line, PlayoutQueue queue, PlayoutLedger ledger, TimeProvider clock)
{
    private const int FramesPerMessage = 5;
    private const int FramesPerMark = 10;

    /// <summary>100 ms of mu-law.</summary>
    public const int LongestMessage = FramesPerMessage * MulawFrame.Size;

    private static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(200);

    private readonly byte[] _message = new byte[LongestMessage];
    private readonly RecentSpeech _recent = new();
    private long _startedAt;
    private int _sent;
    private int _unmarked;
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

    /// <summary>Sends what is due now.</summary>
    /// <returns>How long to wait for more to be due; infinite: until there is more.</returns>
    public async ValueTask<TimeSpan> StepAsync(CancellationToken cancellationToken)
    {
        if (queue.Generation is var generation && generation != ledger.Generation)
            await ClearAsync(generation, cancellationToken);
        if (queue.IsHeld)
        {
            await HoldAsync(cancellationToken);
            return Timeout.InfiniteTimeSpan;
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

    private async ValueTask ClearAsync(int generation, CancellationToken cancellationToken)
    {
        if (!queue.TakeClear())
        {
            ledger.Skip(generation);
            return;
        }

        var barrier = ledger.Clear(generation);
        await line.MarkAsync(barrier, cancellationToken);
        await line.ClearAsync(cancellationToken);
        RelayMetrics.ClearDelay.Record(Stopwatch.GetElapsedTime(queue.ClearedAt).TotalSeconds);
        (_sent, _unmarked) = (0, 0);
        _recent.Clear();
    }

    // The caller has heard all that was sent.
    private bool HasRunDry => clock.GetElapsedTime(_startedAt) >= _sent * MulawFrame.Duration;

    private async ValueTask<TimeSpan> SendDueAsync(CancellationToken cancellationToken)
    {
        // Speech begins anew.
        if (HasRunDry)
            (_startedAt, _sent) = (clock.GetTimestamp(), 0);

        while (true)
        {
            // Asked once: between two readings of the clock the next message may become due, and nobody would be woken for it.
            var wait = UntilDue();
            if (wait > TimeSpan.Zero)
                return wait;
            // What starts, or starts again after the voice was slower than the caller's ear, was not due before it was there.
            var isLate = _sent > 0 && !_ranDry;
            _ranDry = !Gather(out var frames, out var ended);
            if (_ranDry)
                return Timeout.InfiniteTimeSpan;

            if (isLate)
                RelayMetrics.PacerLateness.Record(-wait.TotalSeconds);
            if (frames > 0)
                await line.PlayAsync(_message.AsMemory(0, frames * MulawFrame.Size), cancellationToken);
            if (ended is not null || _unmarked >= FramesPerMark)
                await MarkAsync(ended, cancellationToken);
        }
    }

    private ValueTask MarkAsync(AssistantTurn? ended, CancellationToken cancellationToken)
    {
        _unmarked = 0;
        return line.MarkAsync(ledger.Mark(ended), cancellationToken);
    }

    /// <summary>Until the caller is so close behind that a whole message fits in between.</summary>
    private TimeSpan UntilDue() =>
        (_sent + FramesPerMessage) * MulawFrame.Duration - Ahead - (_sent == 0 ? TimeSpan.Zero : clock.GetElapsedTime(_startedAt));

    private bool Gather(out int frames, out AssistantTurn? ended)
    {
        (frames, ended) = (0, null);
        while (frames < FramesPerMessage && ended is null && TryTakeNext(out var frame))
        {
            if (frame.Sentence is null)
            {
                ended = frame.Turn;
                _recent.Clear();
                break;
            }

            ReadOnlySpan<byte> audio = frame.Audio;
            audio.CopyTo(_message.AsSpan(frames * MulawFrame.Size));
            ledger.Sent(frame);
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
        if (!queue.TryRead(ledger.Generation, out frame))
            return false;
        if (frame.Sentence is not null)
            _recent.Add(frame);
        return true;
    }
}
