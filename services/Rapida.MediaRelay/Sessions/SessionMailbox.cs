using System.Threading.Channels;
using Rapida.MediaRelay.Playout;

namespace Rapida.MediaRelay.Sessions;

/// <summary>
/// All that happens to one session, in one order: the stream's reader, the pacer and the pipelines put in, the session's loop takes out. What a session
/// decides, it decides from this alone.
/// </summary>
internal sealed class SessionMailbox : IStreamListener, IPlayoutListener
{
    // Ten seconds. A session that does not keep up for so long loses further audio; marks, keys and words are never lost.
    private const int MostWaiting = 500;

    // Whoever puts something in goes on as the session's loop when that waits: to wake another thread costs more than a frame does.
    private readonly Channel<SessionInput> _inputs = Channel.CreateUnbounded<SessionInput>(new() { AllowSynchronousContinuations = true });
    private readonly byte[] _partial = new byte[MulawFrame.Size];
    private int _filled;

    /// <summary>Frames that were lost because the session did not keep up.</summary>
    public int LostFrames { get; private set; }

    public ChannelReader<SessionInput> Inputs => _inputs.Reader;

    public void Post(SessionEvent happened) => _inputs.Writer.TryWrite(new SessionInput { Kind = InputKind.Event, Event = happened });

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
            if (_inputs.Reader.Count < MostWaiting)
                _inputs.Writer.TryWrite(new SessionInput { Kind = InputKind.Heard, Frame = { Audio = new MulawFrame(_partial) } });
            else
                LostFrames++;
        }
    }

    public void Returned(Mark mark)
    {
        // One that is none of ours proves nothing.
        if (mark.Number != 0)
            _inputs.Writer.TryWrite(new SessionInput { Kind = InputKind.Returned, Mark = mark });
    }

    public void Sent(in SpeechFrame frame) => _inputs.Writer.TryWrite(new SessionInput { Kind = InputKind.Sent, Frame = frame });

    public void Marked(Mark mark, AssistantTurn? ended) =>
        _inputs.Writer.TryWrite(new SessionInput { Kind = InputKind.Marked, Mark = mark, Frame = { Turn = ended! } });

    public void Cleared(Mark barrier) => _inputs.Writer.TryWrite(new SessionInput { Kind = InputKind.Cleared, Mark = barrier });

    public void Pressed(char key) => Post(new SessionEvent.KeyPressed(key));
}
