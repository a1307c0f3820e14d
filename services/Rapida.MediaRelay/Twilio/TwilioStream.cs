using System.Buffers;
using System.Buffers.Text;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Sessions;
using Rapida.MediaRelay.Settings;

namespace Rapida.MediaRelay.Twilio;

/// <summary>One of Twilio's media streams: the only place that knows its socket and its JSON. One reads and one sends at a time.</summary>
internal sealed class TwilioStream(WebSocket socket, RelayOptions options, TimeProvider clock) : ICallerLine
{
    // Twilio sends 160 bytes of audio at a time; "any size" is allowed. What is longer than this is skipped.
    private const int LongestMessage = 64 * 1024;

    private readonly byte[] _message = new byte[LongestMessage];
    private readonly byte[] _audio = new byte[Base64.GetMaxDecodedFromUtf8Length(LongestMessage)];
    private readonly StreamGaps _gaps = new();
    private byte[] _streamSid = [];
    private TwilioWriter? _writer;
    private ITimer? _silence;
    private long _heardAt;

    /// <summary>Messages that could not be read: malformed, unknown, of another stream, binary or too long.</summary>
    public int Unread { get; private set; }

    /// <summary>Milliseconds of the caller's audio that did not come, by Twilio's own timestamps.</summary>
    public long MissingMs => _gaps.MissingMs;

    /// <summary>Messages that did not come, by Twilio's own count.</summary>
    public long MissingMessages => _gaps.MissingMessages;

    /// <summary>Waits for <c>connected</c> and <c>start</c>; null when the other side left before.</summary>
    public async Task<StreamStart?> StartAsync(CancellationToken cancellationToken)
    {
        while (await ReceiveAsync(cancellationToken) is { } length)
        {
            if (TwilioReader.Read(_message.AsSpan(0, length)) is { Event: TwilioEvent.Start, Start: { } start })
            {
                _streamSid = Encoding.UTF8.GetBytes(start.StreamSid);
                _writer = new TwilioWriter(start.StreamSid, Pacer.LongestMessage);
                return start;
            }
        }

        return null;
    }

    /// <summary>Hands over all that comes until the stream has ended in good order.</summary>
    /// <exception cref="WebSocketException">The connection broke, or no audio came for <see cref="RelayOptions.LostAfter"/>.</exception>
    public async Task ListenAsync(IStreamListener listener)
    {
        Volatile.Write(ref _heardAt, clock.GetTimestamp());
        await using var silence = _silence = clock.CreateTimer(_ => BreakOffSilence(), null, options.LostAfter, Timeout.InfiniteTimeSpan);
        // Neither a token nor a timer that is put off: they would cost more for each frame than to read it.
        while (await ReceiveAsync(CancellationToken.None) is { } length)
        {
            var happened = HandOver(_message.AsSpan(0, length), listener);
            if (happened is TwilioEvent.Stop)
                return;
            // The line's heartbeat: other messages prove only that somebody is connected.
            if (happened is TwilioEvent.Media)
                Volatile.Write(ref _heardAt, clock.GetTimestamp());
        }
    }

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

    /// <returns>What it was; <see cref="TwilioEvent.Unknown"/> when nothing could be made of it.</returns>
    private TwilioEvent HandOver(ReadOnlySpan<byte> json, IStreamListener listener)
    {
        var message = TwilioReader.Read(json);
        if (!message.StreamSid.IsEmpty && !message.StreamSid.SequenceEqual(_streamSid))
            return Skip("other_stream");

        _gaps.Number(message.SequenceNumber);
        switch (message.Event)
        {
            case TwilioEvent.Media when Base64.DecodeFromUtf8(message.Payload, _audio, out _, out var written) is OperationStatus.Done:
                _gaps.Note(message.TimestampMs, written);
                listener.Audio(_audio.AsSpan(0, written));
                break;
            case TwilioEvent.Mark:
                listener.Returned(message.Mark);
                break;
            case TwilioEvent.Dtmf when message.Digit is (>= '0' and <= '9') or '*' or '#' or (>= 'A' and <= 'D'):
                listener.Pressed(message.Digit);
                break;
            case TwilioEvent.Stop or TwilioEvent.Connected or TwilioEvent.Start:
                break;
            case TwilioEvent.Unknown:
                return Skip("unknown");
            default:
                return Skip("malformed");
        }

        return message.Event;
    }

    private TwilioEvent Skip(string reason)
    {
        Unread++;
        RelayMetrics.UnreadMessages.Add(1, new KeyValuePair<string, object?>("reason", reason));
        return TwilioEvent.Unknown;
    }

    private void BreakOffSilence()
    {
        var left = options.LostAfter - clock.GetElapsedTime(Volatile.Read(ref _heardAt));
        if (left > TimeSpan.Zero)
            _silence!.Change(left, Timeout.InfiniteTimeSpan);
        else
            socket.Abort();
    }

    private ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        // Without a token: it would cost a registration each time, and cancelling in the middle of a message breaks the stream.
        var sending = socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        return sending.IsCompletedSuccessfully ? sending : WaitAsync(sending, cancellationToken);
    }

    /// <summary>The other side does not read as quickly as we send, or not at all: then TCP's window is full, and nothing says so.</summary>
    private async ValueTask WaitAsync(ValueTask sending, CancellationToken cancellationToken)
    {
        var sent = sending.AsTask();
        try
        {
            await sent.WaitAsync(options.BlockedAfter, clock, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            socket.Abort();
            throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely, "The other side takes nothing any more.", exception);
        }
        finally
        {
            // Nobody waits for it any more: how it fails later is no news.
            if (!sent.IsCompletedSuccessfully)
                _ = sent.ContinueWith(
                    static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
        }
    }

    /// <summary>Length of the next text message; null when the other side has closed.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // It waits for every frame, and must not allocate for it.
    private async ValueTask<int?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var (length, unreadable) = (0, default(string));
        while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
        {
            var received = await socket.ReceiveAsync(_message.AsMemory(length), cancellationToken);
            if (received.MessageType is WebSocketMessageType.Close)
                return null;

            length += received.Count;
            if (received.MessageType is not WebSocketMessageType.Text)
                unreadable ??= "binary";
            else if (length == LongestMessage)
                unreadable ??= "too_long";

            if (received.EndOfMessage && unreadable is null)
                return length;
            if (unreadable is not null)
                length = 0;
            if (received.EndOfMessage)
            {
                Skip(unreadable!);
                unreadable = null;
            }
        }

        return socket.State is WebSocketState.Aborted ? throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely) : null;
    }
}
