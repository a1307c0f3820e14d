using System.Buffers;
using System.Buffers.Text;
using System.Net.WebSockets;
using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Sessions;

namespace Rapida.MediaRelay.Twilio;

/// <summary>One of Twilio's media streams: the only place that knows its socket and its JSON. One reads and one sends at a time.</summary>
internal sealed class TwilioStream(WebSocket socket) : ICallerLine
{
    // Twilio sends 160 bytes of audio at a time; "any size" is allowed. What is longer than this is skipped.
    private const int LongestMessage = 64 * 1024;

    private readonly byte[] _message = new byte[LongestMessage];
    private readonly byte[] _audio = new byte[Base64.GetMaxDecodedFromUtf8Length(LongestMessage)];
    private readonly StreamGaps _gaps = new();
    private TwilioWriter? _writer;

    /// <summary>Messages that could not be read: malformed, unknown, binary or too long.</summary>
    public int Unread { get; private set; }

    /// <summary>Milliseconds of the caller's audio that did not come, by Twilio's own timestamps.</summary>
    public long MissingMs => _gaps.MissingMs;

    /// <summary>Waits for <c>connected</c> and <c>start</c>; null when the other side left before.</summary>
    public async Task<StreamStart?> StartAsync(CancellationToken cancellationToken)
    {
        while (await ReceiveAsync(cancellationToken) is { } length)
        {
            if (TwilioReader.Read(_message.AsSpan(0, length)) is { Event: TwilioEvent.Start, Start: { } start })
            {
                _writer = new TwilioWriter(start.StreamSid, Pacer.LongestMessage);
                return start;
            }
        }

        return null;
    }

    /// <summary>Reads one message and hands over what is in it.</summary>
    /// <returns>False when the stream has ended in good order.</returns>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    public async ValueTask<bool> ReadAsync(IStreamListener listener, CancellationToken cancellationToken) =>
        await ReceiveAsync(cancellationToken) is { } length && HandOver(_message.AsSpan(0, length), listener);

    public ValueTask PlayAsync(ReadOnlyMemory<byte> mulaw, CancellationToken cancellationToken) =>
        SendAsync(_writer!.Media(mulaw.Span), cancellationToken);

    public ValueTask MarkAsync(Mark mark, CancellationToken cancellationToken) => SendAsync(_writer!.Mark(mark), cancellationToken);

    public ValueTask ClearAsync(CancellationToken cancellationToken) => SendAsync(_writer!.Clear(), cancellationToken);

    /// <summary>Says that we are done. Whoever reads will see the other side's answer as the end of the stream.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status, CancellationToken cancellationToken)
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await socket.CloseOutputAsync(status, null, cancellationToken);
    }

    private bool HandOver(ReadOnlySpan<byte> json, IStreamListener listener)
    {
        var message = TwilioReader.Read(json);
        switch (message.Event)
        {
            case TwilioEvent.Media when Base64.DecodeFromUtf8(message.Payload, _audio, out _, out var written) is OperationStatus.Done:
                _gaps.Note(message.TimestampMs, written);
                listener.Audio(_audio.AsSpan(0, written));
                return true;
            case TwilioEvent.Mark:
                listener.Returned(message.Mark);
                return true;
            case TwilioEvent.Dtmf when message.Digit is (>= '0' and <= '9') or '*' or '#' or (>= 'A' and <= 'D'):
                listener.Pressed(message.Digit);
                return true;
            case TwilioEvent.Stop:
                return false;
            case TwilioEvent.Connected or TwilioEvent.Start:
                return true;
            default:
                Unread++;
                return true;
        }
    }

    private ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    /// <summary>Length of the next text message; null when the other side has closed.</summary>
    private async ValueTask<int?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var (length, isReadable) = (0, true);
        while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
        {
            var received = await socket.ReceiveAsync(_message.AsMemory(length), cancellationToken);
            if (received.MessageType is WebSocketMessageType.Close)
                return null;

            length += received.Count;
            isReadable &= received.MessageType is WebSocketMessageType.Text && length < LongestMessage;
            if (received.EndOfMessage && isReadable)
                return length;

            if (!isReadable)
                length = 0;
            if (received.EndOfMessage)
            {
                Unread++;
                isReadable = true;
            }
        }

        return null;
    }
}
