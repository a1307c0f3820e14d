using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Sessions;
using Rapida.MediaRelay.Tests.Peers;
using Rapida.Testing;

namespace Rapida.MediaRelay.Tests.Playout;

/// <summary>The pacer, its queue and its ledger while somebody keeps interrupting.</summary>
public sealed class InterruptionTests : ICallerLine
{
    private const int Interruptions = 10_000;

    private readonly ManualTimeProvider _clock = new();
    private readonly PlayoutQueue _queue = new();
    private readonly PlayoutLedger _ledger = new((_, _) => { });
    private readonly Pacer _pacer;

    // Of the line: what was cleared last.
    private int _generation;
    private Mark _marked;
    private int _played;
    private int _old;

    public InterruptionTests() => _pacer = new Pacer(this, _queue, _ledger, _clock);

    [Fact]
    public async Task After_ten_thousand_interruptions_at_any_moment_nothing_old_was_played_after_a_clear()
    {
        var random = new Random(23);
        for (var i = 0; i < Interruptions; i++)
        {
            var turn = new AssistantTurn(_queue.Generation);
            await SpeakAsync(turn, random.Next(30));
            for (var steps = random.Next(4); steps > 0; steps--)
            {
                await _pacer.StepAsync(CancellationToken.None);
                _clock.Advance(TimeSpan.FromMilliseconds(random.Next(120)));
            }

            // On another thread, as the session's loop is: before, while or after the pacer gathers and sends.
            var interrupting = Task.Run(_queue.Clear);
            await _pacer.StepAsync(CancellationToken.None);
            await interrupting;
            // The voice has not heard of it yet.
            await SpeakAsync(turn, random.Next(5));
        }

        await _pacer.StepAsync(CancellationToken.None);
        Assert.Equal(Interruptions, _generation);
        Assert.True(_played > 5 * Interruptions, $"Only {_played} frames were played.");
        Assert.Equal(0, _old);
    }

    /// <summary>Every byte of a frame is the last byte of its generation.</summary>
    private async Task SpeakAsync(AssistantTurn turn, int frames)
    {
        var sentence = turn.Begin("words");
        var audio = Enumerable.Repeat((byte)turn.Generation, MulawFrame.Size).ToArray();
        for (; frames > 0; frames--)
            await _queue.WriteAsync(new SpeechFrame { Audio = audio, Sentence = sentence, Turn = turn }, CancellationToken.None);
    }

    ValueTask ICallerLine.PlayAsync(ReadOnlyMemory<byte> mulaw, CancellationToken cancellationToken)
    {
        foreach (var code in mulaw.Span)
            _old += code == (byte)_generation ? 0 : 1;
        _played += mulaw.Length / MulawFrame.Size;
        return ValueTask.CompletedTask;
    }

    ValueTask ICallerLine.MarkAsync(Mark mark, CancellationToken cancellationToken)
    {
        _marked = mark;
        return ValueTask.CompletedTask;
    }

    ValueTask ICallerLine.ClearAsync(CancellationToken cancellationToken)
    {
        _generation = _marked.Generation;
        return ValueTask.CompletedTask;
    }
}
