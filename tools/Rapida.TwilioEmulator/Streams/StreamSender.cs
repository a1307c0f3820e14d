using System.Net.WebSockets;
using System.Threading.Channels;

namespace Rapida.TwilioEmulator.Streams;

/// <summary>The one writer of a stream's socket, so that the order of the wire is the order of the numbers.</summary>
internal sealed class StreamSender(WebSocket socket, StreamIdentity stream)
{
    // Ten seconds of a server that does not read; then Twilio drops the caller's audio (31930). Nothing else is ever dropped.
    private const int MaxWaiting = 500;

    private readonly Channel<StreamMessage> _queue = Channel.CreateUnbounded<StreamMessage>();

    public int MediaSent { get; private set; }

    public void Send(StreamMessage message) => _queue.Writer.TryWrite(message);

    public bool TrySendMedia(StreamMessage.Media media)
    {
        if (_queue.Reader.Count >= MaxWaiting)
            return false;
        _queue.Writer.TryWrite(media);
        return true;
    }

    /// <summary>No more messages: <see cref="RunAsync"/> ends when those in the queue are sent.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <exception cref="WebSocketException">The connection broke (31903).</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var counters = new StreamMessage.Counters();
        await foreach (var message in _queue.Reader.ReadAllAsync(cancellationToken))
        {
            await socket.SendAsync(message.Write(stream, counters), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
            if (message is StreamMessage.Media)
                MediaSent++;
        }
    }
}
