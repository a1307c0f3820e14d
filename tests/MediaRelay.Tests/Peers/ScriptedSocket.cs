using System.Net.WebSockets;

namespace Rapida.MediaRelay.Tests.Peers;

/// <summary>A socket that gives what the test has put down, piece by piece, and then says goodbye. It allocates nothing.</summary>
internal sealed class ScriptedSocket(IEnumerator<ScriptedSocket.Piece> script) : WebSocket
{
    private readonly CancellationTokenSource _aborted = new();
    private Piece _piece;

    /// <summary>What one read gives.</summary>
    public readonly record struct Piece(ReadOnlyMemory<byte> Bytes, bool EndsMessage = true, WebSocketMessageType Type = WebSocketMessageType.Text);

    /// <summary>Told of every message that is sent.</summary>
    public Action<ReadOnlyMemory<byte>> Sent { get; set; } = _ => { };

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => _aborted.IsCancellationRequested ? WebSocketState.Aborted : WebSocketState.Open;

    public override string? SubProtocol => null;

    public override ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_piece.Bytes.IsEmpty)
        {
            var hasMore = script.MoveNext();
            cancellationToken.ThrowIfCancellationRequested();
            if (State is WebSocketState.Aborted)
                throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
            if (!hasMore)
                return new(new ValueWebSocketReceiveResult(0, WebSocketMessageType.Close, true));
            _piece = script.Current;
        }

        // As a real socket does: what does not fit comes with the next read.
        var count = Math.Min(buffer.Length, _piece.Bytes.Length);
        _piece.Bytes[..count].CopyTo(buffer);
        var isWhole = count == _piece.Bytes.Length;
        var result = new ValueWebSocketReceiveResult(count, _piece.Type, isWhole && _piece.EndsMessage);
        _piece = _piece with { Bytes = _piece.Bytes[count..] };
        return new(result);
    }

    public override ValueTask SendAsync(
        ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        Sent(buffer);
        return ValueTask.CompletedTask;
    }

    public override void Abort() => _aborted.Cancel();

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Dispose() => _aborted.Dispose();

    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
