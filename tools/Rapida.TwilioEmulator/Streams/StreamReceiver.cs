using System.Buffers;
using System.Net.WebSockets;

namespace Rapida.TwilioEmulator.Streams;

/// <summary>Reads a server's messages until it closes.</summary>
internal static class StreamReceiver
{
    /// <summary>Calls <paramref name="onMessage"/> for each whole message (true: binary); returns how the server closed.</summary>
    /// <exception cref="WebSocketException">It did not close but went away, or broke the protocol.</exception>
    public static async Task<WebSocketCloseStatus> RunAsync(
        WebSocket socket, Action<ReadOnlyMemory<byte>, bool> onMessage, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.GetMemory(4 * 1024), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
                return socket.CloseStatus ?? WebSocketCloseStatus.Empty;

            buffer.Advance(received.Count);
            if (!received.EndOfMessage)
                continue;
            onMessage(buffer.WrittenMemory, received.MessageType == WebSocketMessageType.Binary);
            buffer.ResetWrittenCount();
        }
    }
}
