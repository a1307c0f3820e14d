using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rapida.Testing.Fuzz;

/// <summary>An answer as it came over the wire.</summary>
public sealed record RawAnswer(int Status, string Head, string Body);

/// <summary>Sends bytes over a socket as they are and reads what comes back; opens another socket when the service has closed this one.</summary>
public sealed class RawConnection(int port) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly byte[] _buffer = new byte[128 * 1024];
    private Socket? _socket;
    private int _filled;

    /// <summary>The answer; null when the service closed without one.</summary>
    public async Task<RawAnswer?> SendAsync(FuzzedRequest request)
    {
        var isUsed = _socket is not null;
        var answer = await TrySendAsync(request);
        // It was closed behind the last answer, as is its right: that says nothing of this request.
        return answer is null && isUsed && request.MustBeAnswered ? await TrySendAsync(request) : answer;
    }

    /// <summary>Sends and waits for nothing.</summary>
    public async Task SendOnlyAsync(FuzzedRequest request)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await (await ConnectAsync(patience.Token)).SendAsync(request.Bytes, patience.Token);
            // So that it is under way when the connection is reset.
            await Task.Yield();
        }
        catch (SocketException)
        {
            // Refused before it was sent whole.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    private async Task<RawAnswer?> TrySendAsync(FuzzedRequest request)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var socket = await ConnectAsync(patience.Token);
            await socket.SendAsync(request.Bytes, patience.Token);
            if (request.EndsConnection)
                socket.Shutdown(SocketShutdown.Send);
            var answer = await ReadAsync(socket, request.IsHead, patience.Token);
            if (answer is null || request.EndsConnection || answer.Head.Contains("\r\nConnection: close", StringComparison.OrdinalIgnoreCase))
                Close();
            return answer;
        }
        catch (SocketException)
        {
            // The answer may have come before the reset.
            var answer = TakeHead() is { } head ? new RawAnswer(StatusOf(head), head, "") : null;
            Close();
            return answer;
        }
    }

    private async ValueTask<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_socket is not null)
            return _socket;
        // A reset leaves no port behind that waits.
        _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new(enable: true, seconds: 0) };
        await _socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        return _socket;
    }

    private void Close()
    {
        _socket?.Dispose();
        (_socket, _filled) = (null, 0);
    }

    private async Task<RawAnswer?> ReadAsync(Socket socket, bool isHead, CancellationToken cancellationToken)
    {
        while (true)
        {
            string? head;
            while ((head = TakeHead()) is null)
                if (!await FillAsync(socket, cancellationToken))
                    return null;
            // 100 Continue: the answer comes behind it.
            if (StatusOf(head) >= 200)
                return new(StatusOf(head), head, isHead || StatusOf(head) == 204 ? "" : await ReadBodyAsync(socket, head, cancellationToken));
        }
    }

    private async Task<string> ReadBodyAsync(Socket socket, string head, CancellationToken cancellationToken)
    {
        var length = ValueOf(head, "Content-Length") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        var isChunked = ValueOf(head, "Transfer-Encoding") is "chunked";
        while (isChunked ? (length = _buffer.AsSpan(0, _filled).IndexOf("0\r\n\r\n"u8) + 5) < 5 : _filled < length)
            if (!await FillAsync(socket, cancellationToken))
                break;
        return Take(Math.Min(length, _filled));
    }

    private async Task<bool> FillAsync(Socket socket, CancellationToken cancellationToken)
    {
        var received = await socket.ReceiveAsync(_buffer.AsMemory(_filled), cancellationToken);
        _filled += received;
        return received > 0;
    }

    private string? TakeHead() => _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8) is >= 0 and var end ? Take(end + 4) : null;

    private string Take(int length)
    {
        var text = Encoding.Latin1.GetString(_buffer, 0, length);
        _filled -= length;
        _buffer.AsSpan(length, _filled).CopyTo(_buffer);
        return text;
    }

    // HTTP/1.1 200 OK
    private static int StatusOf(string head) => int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);

    private static string? ValueOf(string head, string name) =>
        head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}
