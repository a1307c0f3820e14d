using System.Security.Cryptography;
using Rapida.TwilioEmulator.Calls;
using Rapida.TwilioEmulator.Line;

namespace Rapida.TwilioEmulator.Streams;

/// <summary>A bidirectional stream as the far end of a line: the caller's frames go out, what comes in waits in the playout.</summary>
internal sealed class MediaStream(StreamIdentity stream, StreamSender sender, Call call) : IFarEnd, IKeys
{
    // Live captures began at 155 and 171 ms.
    private readonly int _firstTimestamp = RandomNumberGenerator.GetInt32(150, 176);

    // The media clock is not quite the server's: 19.9 to 20.1 ms a frame.
    private readonly double _frameMs = 19.9 + RandomNumberGenerator.GetInt32(0, 21) / 100.0;

    private readonly Playout _playout = new();
    private readonly HashSet<int> _warned = [];
    private long _frame;

    public string Sid => stream.StreamSid;

    /// <summary>Media messages of the server that were taken.</summary>
    public int MediaReceived { get; private set; }

    /// <summary>When its first frame was on the line.</summary>
    public int? StartedMs { get; private set; }

    public void Speak(Span<byte> frame)
    {
        StartedMs ??= call.Line.NowMs;
        _playout.Read(frame);
    }

    public void Hear(ReadOnlySpan<byte> frame)
    {
        var timestamp = _firstTimestamp + (long)(_frame++ * _frameMs);
        if (!sender.TrySendMedia(new StreamMessage.Media(frame.ToArray(), timestamp)))
            Warn(31930, "Stream - Media - Buffer Overflow: the server reads too slowly");
        foreach (var name in _playout.TakeMarks())
            sender.Send(new StreamMessage.Mark(name));
    }

    public void Press(char digit)
    {
        sender.Send(new StreamMessage.Dtmf(digit));
        call.Journal.Add(new CallEvent("dtmf") { AtMs = call.Line.NowMs });
    }

    public void Receive(ReadOnlyMemory<byte> text, bool isBinary)
    {
        if (isBinary)
        {
            Warn(31950, "Stream - Protocol - Malformed Message: binary");
            return;
        }
        switch (ServerMessage.Parse(text, Sid))
        {
            case ServerMessage.Media media:
                MediaReceived++;
                if (!_playout.TryAdd(media.Audio))
                    Warn(31931, "Stream - Media - Media Discarded: more than 10 minutes are waiting");
                break;
            case ServerMessage.Mark mark when _playout.AddMark(mark.Name):
                sender.Send(new StreamMessage.Mark(mark.Name));
                break;
            case ServerMessage.Clear:
                foreach (var name in _playout.Clear())
                    sender.Send(new StreamMessage.Mark(name));
                call.Journal.Add(new CallEvent("clear") { AtMs = call.Line.NowMs });
                break;
            case ServerMessage.Invalid invalid:
                Warn(31951, $"Stream - Protocol - Invalid Message: {invalid.Reason}");
                break;
        }
    }

    // Each code once per stream.
    private void Warn(int code, string message)
    {
        lock (_warned)
        {
            if (!_warned.Add(code))
                return;
        }
        call.Journal.Add(new CallEvent("warning") { Code = code, Message = message, AtMs = call.Line.NowMs });
    }
}
