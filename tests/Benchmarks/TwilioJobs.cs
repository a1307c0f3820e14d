extern alias relay;

using System.Diagnostics;
using Rapida.Audio;
using Rapida.MediaRelay.Tests.Peers;
using Rapida.Testing;
using relay::Rapida.MediaRelay.Playout;
using relay::Rapida.MediaRelay.Sessions;
using relay::Rapida.MediaRelay.Settings;
using relay::Rapida.MediaRelay.Twilio;

namespace Benchmarks;

/// <summary>The relay's end of Twilio's socket with nothing behind it: reads the recording again and again, and hands its audio over.</summary>
internal sealed class TwilioListening(byte[][] recording) : IStreamListener
{
    private readonly TwilioStream _stream = new(new ScriptedSocket(Endless(recording)), new RelayOptions(), TimeProvider.System);
    private int _bytes;
    private int _marks;

    /// <summary>The whole recording, once.</summary>
    public void Hear()
    {
        (_bytes, _marks) = (0, 0);
        // Without a wait: the socket always has the next message.
        var isOver = _stream.StartAsync(CancellationToken.None).IsCompletedSuccessfully && _stream.ListenAsync(this).IsCompletedSuccessfully;
        if (!isOver || _bytes != TwilioRecording.Frames * MulawFrame.Size || _marks == 0 || _stream.Unread > 0)
            throw new InvalidOperationException("Not all of the recording was heard.");
    }

    void IStreamListener.Audio(ReadOnlySpan<byte> mulaw) => _bytes += mulaw.Length;

    void IStreamListener.Returned(Mark mark) => _marks++;

    void IStreamListener.Pressed(char key)
    {
    }

    private static IEnumerator<ScriptedSocket.Piece> Endless(byte[][] messages)
    {
        while (true)
        {
            foreach (var message in messages)
                yield return new ScriptedSocket.Piece(message);
        }
    }
}

/// <summary>An assistant who speaks and is interrupted: the relay's own queue, pacer, ledger and socket.</summary>
internal sealed class TwilioInterruption : IDisposable
{
    // The pacer sends ten of them, which is 200 ms, and then waits for a clock that stands still.
    private const int Frames = 15;
    private const int FramesWithTwilio = 10;

    private static readonly byte[] Quiet = [.. Enumerable.Repeat(Mulaw.Silence, MulawFrame.Size)];

    private readonly CancellationTokenSource _over = new();
    private readonly PlayoutQueue _queue = new();
    private readonly PlayoutLedger _ledger = new((_, _) => { });
    private readonly byte[] _mark = new byte[200];
    private int _markLength;
    private int _framesSent;
    private long _clearedAt;

    public TwilioInterruption(byte[][] recording)
    {
        var script = recording.Select(message => new ScriptedSocket.Piece(message)).ToList();
        var stream = new TwilioStream(new ScriptedSocket(script.GetEnumerator()) { Sent = Note }, new RelayOptions(), TimeProvider.System);
        if (!stream.StartAsync(CancellationToken.None).IsCompletedSuccessfully)
            throw new InvalidOperationException("The recording does not start.");
        _ = new Pacer(stream, _queue, _ledger, new ManualTimeProvider()).RunAsync(_over.Token);
    }

    /// <summary>Nanoseconds from the decision to <c>clear</c> on the socket, while 200 ms of speech are with Twilio.</summary>
    public double Interrupt()
    {
        (_framesSent, _clearedAt) = (0, 0);
        Speak();
        var begin = Stopwatch.GetTimestamp();
        // Whoever clears goes on as the pacer.
        _queue.Clear();
        if (_clearedAt == 0 || _framesSent != FramesWithTwilio)
            throw new InvalidOperationException("Not what was sent was cleared.");
        _ledger.Returned(TwilioReader.Read(_mark.AsSpan(0, _markLength)).Mark);
        // A TimeSpan counts only hundreds of them.
        return (_clearedAt - begin) * 1e9 / Stopwatch.Frequency;
    }

    public void Dispose()
    {
        _over.Cancel();
        _over.Dispose();
    }

    private void Speak()
    {
        var turn = new AssistantTurn(_queue.Generation);
        var sentence = new Sentence(turn, "words");
        _queue.Hold();
        for (var i = 0; i < Frames; i++)
        {
            if (!_queue.WriteAsync(new SpeechFrame { Audio = Quiet, Sentence = sentence, Turn = turn }, CancellationToken.None).AsTask().IsCompletedSuccessfully)
                throw new InvalidOperationException("The queue is full.");
        }

        _queue.Resume();
    }

    private void Note(ReadOnlyMemory<byte> message)
    {
        if (message.Span.StartsWith("""{"event":"clear","""u8))
            _clearedAt = Stopwatch.GetTimestamp();
        else if (message.Span.StartsWith("""{"event":"mark","""u8))
        {
            message.Span.CopyTo(_mark);
            _markLength = message.Length;
        }
        else
            _framesSent += TwilioReader.Read(message.Span).Payload.Length * 3 / 4 / MulawFrame.Size;
    }
}
