using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Sessions;
using Rapida.MediaRelay.Tests.Peers;
using Rapida.Testing;

namespace Rapida.MediaRelay.Tests.Playout;

public sealed class PacerTests : ICallerLine
{
    private readonly ManualTimeProvider _clock = new();
    private readonly PlayoutQueue _queue = new();
    private readonly PlayoutLedger _ledger = new((_, _) => { });
    private readonly List<string> _sent = [];
    private readonly List<(Mark Mark, int SentMs)> _marked = [];
    private readonly Pacer _pacer;
    private int _sentMs;

    public PacerTests() => _pacer = new Pacer(this, _queue, _ledger, _clock);

    [Fact]
    public async Task Speech_is_sent_100_to_200_ms_ahead_of_the_ear()
    {
        await SpeakAsync(new AssistantTurn(0), frames: 200);

        for (var playedMs = 0; playedMs < 3_900; playedMs += 10)
        {
            await _pacer.StepAsync(CancellationToken.None);
            Assert.InRange(_sentMs - playedMs, 100, 200);
            _clock.Advance(TimeSpan.FromMilliseconds(10));
        }
    }

    [Fact]
    public async Task What_a_stall_has_delayed_is_sent_at_once()
    {
        await SpeakAsync(new AssistantTurn(0), frames: 200);
        await _pacer.StepAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromMilliseconds(190));

        await _pacer.StepAsync(CancellationToken.None);

        Assert.Equal(380, _sentMs);
    }

    [Fact]
    public async Task A_mark_follows_every_200_ms_and_the_end_of_a_turn()
    {
        await SpeakAsync(new AssistantTurn(0), frames: 25);
        for (var i = 0; i < 10; i++)
        {
            await _pacer.StepAsync(CancellationToken.None);
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(["100", "100", "0:1", "100", "100", "0:2", "100", "0:3"], _sent);
    }

    [Fact]
    public async Task An_interruption_clears_and_nothing_old_is_sent_after_it()
    {
        await SpeakAsync(new AssistantTurn(0), frames: 50);
        await _pacer.StepAsync(CancellationToken.None);
        _sent.Clear();

        _queue.Clear();
        await SpeakAsync(new AssistantTurn(1), frames: 5);
        await _pacer.StepAsync(CancellationToken.None);

        Assert.Equal(["1:2", "clear", "100", "1:3"], _sent);
    }

    [Fact]
    public async Task Speech_after_a_pause_begins_anew()
    {
        await SpeakAsync(new AssistantTurn(0), frames: 10);
        await _pacer.StepAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await _pacer.StepAsync(CancellationToken.None);
        _sentMs = 0;

        await SpeakAsync(new AssistantTurn(0), frames: 100);
        await _pacer.StepAsync(CancellationToken.None);

        Assert.Equal(200, _sentMs);
    }

    [Fact]
    public async Task It_never_falls_asleep_while_speech_is_waiting()
    {
        // Time goes on between two looks at the clock too.
        var clock = new CreepingClock(TimeSpan.FromTicks(7));
        var pacer = new Pacer(this, _queue, _ledger, clock);
        await SpeakAsync(new AssistantTurn(0), frames: 400);

        while (_sentMs < 8_000)
        {
            var wait = await pacer.StepAsync(CancellationToken.None);
            Assert.True(wait > TimeSpan.Zero || _sentMs == 8_000, $"Nobody wakes the pacer after {_sentMs} ms.");
            // As timers do: whole milliseconds, and so up to one of them too early.
            clock.Advance(TimeSpan.FromMilliseconds(Math.Floor(wait.TotalMilliseconds)));
        }
    }

    [Fact]
    public async Task The_callers_frames_are_its_ticks_and_nothing_is_late()
    {
        using var over = new CancellationTokenSource();
        var running = _pacer.RunAsync(over.Token);
        await SpeakAsync(new AssistantTurn(0), frames: 100);

        // The alarm rings when the lead falls to 100 ms: here it has nothing to do.
        for (var playedMs = 10; playedMs < 1_800; playedMs += 20)
        {
            _clock.Advance(MulawFrame.Duration / 2);
            _pacer.Tick();
            _clock.Advance(MulawFrame.Duration * 0.45);
            Assert.InRange(_sentMs - (playedMs + 9), 110, 200);
            _clock.Advance(MulawFrame.Duration * 0.05);
        }

        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Theory]
    [InlineData(0.997)]
    [InlineData(1.003)]
    public async Task A_carrier_whose_clock_is_not_ours_is_followed(double speed)
    {
        var turn = new AssistantTurn(0);
        await SpeakAsync(turn, frames: 25, isEnd: false);
        var (playedMs, returned) = (0.0, 0);
        for (var ms = 0; ms < 120_000; ms += 10)
        {
            if (ms % 1_000 == 0)
                await SpeakAsync(turn, frames: 51, isEnd: false);
            await _pacer.StepAsync(CancellationToken.None);

            Assert.InRange(_sentMs - playedMs, 70, 230);
            _clock.Advance(TimeSpan.FromMilliseconds(10));
            playedMs += 10 * speed;
            for (; returned < _marked.Count && _marked[returned].SentMs <= playedMs; returned++)
                _pacer.Returned(_marked[returned].Mark);
        }
    }

    [Fact]
    public async Task The_loop_wakes_by_itself_when_more_is_due()
    {
        using var over = new CancellationTokenSource();
        await SpeakAsync(new AssistantTurn(0), frames: 50);
        var running = _pacer.RunAsync(over.Token);

        // The alarm rings on the clock, the loop runs on another thread: move on until it has caught up.
        for (var tries = 0; _sent.LastOrDefault() != "0:6" && tries < 2_000; tries++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Delay(1);
        }

        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(1_000, _sentMs);
    }

    private sealed class CreepingClock(TimeSpan step) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now += step.Ticks;

        public void Advance(TimeSpan time) => _now += time.Ticks;
    }

    ValueTask ICallerLine.PlayAsync(ReadOnlyMemory<byte> mulaw, CancellationToken cancellationToken)
    {
        _sentMs += mulaw.Length / 8;
        _sent.Add($"{mulaw.Length / 8}");
        return ValueTask.CompletedTask;
    }

    ValueTask ICallerLine.MarkAsync(Mark mark, CancellationToken cancellationToken)
    {
        _sent.Add($"{mark.Generation}:{mark.Number}");
        _marked.Add((mark, _sentMs));
        return ValueTask.CompletedTask;
    }

    ValueTask ICallerLine.ClearAsync(CancellationToken cancellationToken)
    {
        _sent.Add("clear");
        return ValueTask.CompletedTask;
    }

    private async Task SpeakAsync(AssistantTurn turn, int frames, bool isEnd = true)
    {
        var sentence = turn.Begin("words");
        for (var i = 0; i < frames; i++)
            await _queue.WriteAsync(new SpeechFrame { Audio = Sounds.Silence, Sentence = sentence, Turn = turn }, CancellationToken.None);
        if (isEnd)
            await _queue.WriteAsync(new SpeechFrame { Turn = turn }, CancellationToken.None);
    }
}
