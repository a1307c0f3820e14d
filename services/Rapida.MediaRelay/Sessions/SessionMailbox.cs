using Rapida.MediaRelay.Playout;

namespace Rapida.MediaRelay.Sessions;

/// <summary>Takes an input of a session.</summary>
/// <returns>Whether it takes another.</returns>
internal delegate bool InputTaker(in SessionInput input);

/// <summary>
/// All that happens to one session, in one order: the stream's reader, the pacer and the pipelines put in, the session takes out. What a session
/// decides, it decides from this alone. Whoever puts something in goes on as the session when that has nothing to do, so that a frame is decided on
/// where it was read: no thread is woken for it, and nothing is copied. What comes meanwhile waits.
/// </summary>
internal sealed class SessionMailbox : IStreamListener, IPlayoutListener
{
    // Ten seconds. A session that does not keep up for so long loses further audio; marks, keys and words are never lost.
    private const int MostWaiting = 500;

    private readonly Lock _lock = new();
    private readonly Queue<SessionInput> _waiting = new();
    private readonly byte[] _partial = new byte[MulawFrame.Size];
    private InputTaker? _taker;
    private bool _isTaking;
    private int _filled;

    /// <summary>Frames that were lost because the session did not keep up.</summary>
    public int LostFrames { get; private set; }

    /// <summary>Nothing waits to be taken.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
                return _waiting.Count == 0;
        }
    }

    /// <summary>Hands over all that waits and then all that comes, one at a time, until the session takes no more. It must not throw.</summary>
    public void HandTo(InputTaker taker)
    {
        lock (_lock)
            (_taker, _isTaking) = (taker, true);
        HandOverWaiting(taker);
    }

    /// <summary>The next input that nobody was there to take.</summary>
    public bool TryTake(out SessionInput input)
    {
        lock (_lock)
            return _waiting.TryDequeue(out input);
    }

    public void Post(SessionEvent happened) => Put(new SessionInput { Kind = InputKind.Event, Event = happened });

    /// <summary>Cuts any length into frames; the rest waits for what comes next.</summary>
    public void Audio(ReadOnlySpan<byte> mulaw)
    {
        while (!mulaw.IsEmpty)
        {
            var piece = mulaw[..Math.Min(mulaw.Length, _partial.Length - _filled)];
            piece.CopyTo(_partial.AsSpan(_filled));
            _filled += piece.Length;
            mulaw = mulaw[piece.Length..];
            if (_filled < _partial.Length)
                return;

            _filled = 0;
            Put(new SessionInput { Kind = InputKind.Heard, Frame = { Audio = _partial } });
        }
    }

    public void Returned(Mark mark)
    {
        // One that is none of ours proves nothing.
        if (mark.Number != 0)
            Put(new SessionInput { Kind = InputKind.Returned, Mark = mark });
    }

    public void Sent(in SpeechFrame frame) => Put(new SessionInput { Kind = InputKind.Sent, Frame = frame });

    public void Marked(Mark mark, AssistantTurn? ended) => Put(new SessionInput { Kind = InputKind.Marked, Mark = mark, Frame = { Turn = ended! } });

    public void Cleared(Mark barrier) => Put(new SessionInput { Kind = InputKind.Cleared, Mark = barrier });

    public void Pressed(char key) => Post(new SessionEvent.KeyPressed(key));

    private void Put(in SessionInput input)
    {
        InputTaker taker;
        lock (_lock)
        {
            if (_taker is null || _isTaking)
            {
                Wait(input);
                return;
            }

            (taker, _isTaking) = (_taker, true);
        }

        if (taker(input))
            HandOverWaiting(taker);
        else
            Stop();
    }

    private void HandOverWaiting(InputTaker taker)
    {
        while (TryTakeOrLeave(out var input))
        {
            if (!taker(input))
            {
                Stop();
                return;
            }
        }
    }

    // In one step: what is put in between would wait for nobody.
    private bool TryTakeOrLeave(out SessionInput input)
    {
        lock (_lock)
            return _isTaking = _waiting.TryDequeue(out input);
    }

    private void Stop()
    {
        lock (_lock)
            _taker = null;
    }

    private void Wait(in SessionInput input)
    {
        if (input.Kind is not InputKind.Heard)
            _waiting.Enqueue(input);
        else if (_waiting.Count < MostWaiting)
            // The reader goes on with its buffer.
            _waiting.Enqueue(new SessionInput { Kind = InputKind.Heard, Frame = { Audio = input.Frame.Audio.ToArray() } });
        else
            LostFrames++;
    }
}
