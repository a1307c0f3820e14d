using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using Rapida.TwilioEmulator.Webhooks;

namespace Rapida.TwilioEmulator.Streams;

/// <summary>A stream could not be made or broke, with Twilio's code.</summary>
internal sealed class StreamFailedException(int code, string message, Exception? inner = null) : Exception(message, inner)
{
    public int Code => code;

    /// <summary>The upgrade did not end with a 101.</summary>
    public static StreamFailedException Connecting(Exception failure, int httpStatus)
    {
        if (httpStatus is not (0 or 101))
            return new(31920, $"Stream - WebSocket - Handshake Error: HTTP {httpStatus}", failure);
        return Innermost(failure) switch
        {
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } => new(31902, "Stream - WebSocket - Connection Refused", failure),
            SocketException => new(31904, "Stream - WebSocket - Host Unreachable", failure),
            AuthenticationException => new(31910, "Stream - WebSocket - SSL Protocol Error", failure),
            OperationCanceledException => new(31901, "Stream - WebSocket - Connection Timeout", failure),
            _ => new(31920, "Stream - WebSocket - Handshake Error", failure),
        };
    }

    /// <summary>An open socket broke.</summary>
    public static StreamFailedException Broken(WebSocketException failure) => failure.WebSocketErrorCode switch
    {
        WebSocketError.ConnectionClosedPrematurely => new(31921, "Stream - WebSocket - Close Error: the connection was lost", failure),
        WebSocketError.Faulted or WebSocketError.HeaderError or WebSocketError.InvalidMessageType =>
            new(31924, "Stream - Websocket - Protocol Error", failure),
        _ => new(31903, "Stream - WebSocket - Connection Broken Pipe", failure),
    };

    public static StreamFailedException Closed(WebSocketCloseStatus status) =>
        new(31921, $"Stream - WebSocket - Close Error: closed with {(int)status}");

    private static Exception Innermost(Exception failure)
    {
        while (failure.InnerException is { } inner && failure is not (AuthenticationException or OperationCanceledException))
            failure = inner;
        return failure is ConnectFailedException { InnerException: null } ? new OperationCanceledException() : failure;
    }
}
