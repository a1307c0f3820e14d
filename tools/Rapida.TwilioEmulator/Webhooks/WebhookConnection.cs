using System.Net;
using System.Net.Sockets;

namespace Rapida.TwilioEmulator.Webhooks;

/// <summary>The connection, or its TLS, could not be made: the one failure that Twilio retries by default.</summary>
internal sealed class ConnectFailedException(string message, Exception? inner) : IOException(message, inner);

/// <summary>How Twilio connects: a new connection for each request, no proxy, no trace header, a limit for the connect alone.</summary>
internal static class WebhookConnection
{
    /// <summary>The connect limit of one request.</summary>
    public static readonly HttpRequestOptionsKey<TimeSpan> ConnectLimit = new("connect-limit");

    public static SocketsHttpHandler CreateHandler(TimeProvider clock) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.GZip,
        // Twilio carries no traceparent.
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.Zero,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context, clock, cancellationToken),
    };

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, TimeProvider clock, CancellationToken cancellationToken)
    {
        var limit = context.InitialRequestMessage.Options.TryGetValue(ConnectLimit, out var own) ? own : RetryRules.Default.Connect;
        using var timer = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, either.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception failure) when (failure is SocketException || timer.IsCancellationRequested)
        {
            socket.Dispose();
            throw new ConnectFailedException(failure is SocketException ? failure.Message : "Connect timed out.", failure);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
