using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rapida.MediaRelay.Tests.Peers;

/// <summary>A WebSocket's client that sends what no client should, and counts what comes back.</summary>
internal sealed class RawSocket : IDisposable
{
    public const byte Continuation = 0x0, Text = 0x1, Binary = 0x2, Close = 0x8, Ping = 0x9;
    private const byte Final = 0x80;
    private const byte Masked = 0x80;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new(enable: true, seconds: 0) };
    private readonly byte[] _received = new byte[16 * 1024];
    private readonly MemoryStream _waiting = new();

    /// <summary>The status with which the relay answers; 101: it is a WebSocket now. 0: it closed.</summary>
    public async Task<int> ConnectAsync(Uri relay, string request)
    {
        await _socket.ConnectAsync(IPAddress.Loopback, relay.Port);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(request));
        var head = new StringBuilder();
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await ReceiveAsync();
            if (count == 0)
                return 0;
            head.Append(Encoding.Latin1.GetString(_received, 0, count));
        }

        return int.Parse(head.ToString().AsSpan(9, 3), CultureInfo.InvariantCulture);
    }

    /// <summary>Twilio's own request for a stream.</summary>
    public static string Upgrade(string contextId, string more = "") =>
        $"GET /v1/talk/twilio/ctx/{contextId} HTTP/1.1\r\nHost: door\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
        $"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nX-Twilio-Signature: {FakeTwilio.Signature}\r\n{more}\r\n";

    /// <summary>Puts a frame among those that are sent next. Its mask is zero, so that its bytes stand on the wire as they are.</summary>
    public void Put(byte opcode, ReadOnlySpan<byte> payload, bool isFinal = true)
    {
        Span<byte> head = stackalloc byte[14];
        head[0] = (byte)(opcode | (isFinal ? Final : 0));
        var length = payload.Length switch
        {
            < 126 => 2,
            <= ushort.MaxValue => 4,
            _ => 10,
        };
        head[1] = (byte)(Masked | (length == 2 ? payload.Length : length == 4 ? 126 : 127));
        if (length == 4)
            BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)payload.Length);
        else if (length == 10)
            BinaryPrimitives.WriteUInt64BigEndian(head[2..], (ulong)payload.Length);
        _waiting.Write(head[..(length + 4)]);
        _waiting.Write(payload);
    }

    /// <summary>Puts bytes that are no frame, or a wrong one.</summary>
    public void PutRaw(ReadOnlySpan<byte> bytes) => _waiting.Write(bytes);

    /// <summary>Sends what was put in.</summary>
    /// <returns>Whether somebody is there to take it.</returns>
    public async Task<bool> FlushAsync()
    {
        try
        {
            await _socket.SendAsync(_waiting.GetBuffer().AsMemory(0, (int)_waiting.Length));
            _waiting.SetLength(0);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>No more will come.</summary>
    public void HalfClose()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // It has been closed already.
        }
    }

    /// <summary>Reads until the relay closes.</summary>
    /// <returns>Bytes that came.</returns>
    public async Task<long> DrainAsync()
    {
        for (var bytes = 0L; ;)
        {
            var count = await ReceiveAsync();
            if (count == 0)
                return bytes;
            bytes += count;
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _waiting.Dispose();
    }

    private async Task<int> ReceiveAsync()
    {
        try
        {
            return await _socket.ReceiveAsync(_received);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return 0; // It was reset, by either side.
        }
    }
}
