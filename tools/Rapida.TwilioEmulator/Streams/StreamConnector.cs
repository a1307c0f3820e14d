using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using Rapida.TwilioEmulator.Calls;
using Rapida.TwilioEmulator.Webhooks;

namespace Rapida.TwilioEmulator.Streams;

/// <summary>Opens the WebSocket of a stream, signed, with the headers that Twilio sends and no others.</summary>
internal sealed class StreamConnector : IDisposable
{
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(10);

    private readonly bool _allowInsecure;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _http;

    public StreamConnector(IOptions<EmulatorOptions> options, TimeProvider clock)
    {
        (_allowInsecure, _clock) = (options.Value.AllowInsecureStreams, clock);
        var handler = WebhookConnection.CreateHandler(clock);
        handler.AutomaticDecompression = DecompressionMethods.None;
        _http = new HttpMessageInvoker(handler);
    }

    /// <exception cref="StreamFailedException">The address is refused, or the upgrade did not come about.</exception>
    public async Task<WebSocket> ConnectAsync(Call call, string url, CancellationToken cancellationToken)
    {
        // Twilio takes no query on a stream's URL: it is cut off before connecting and signing.
        var question = url.IndexOf('?', StringComparison.Ordinal);
        var address = WebhookAddress.Parse(question < 0 ? url : url[..question]);
        var uri = Check(address);
        var signed = address.SignedUrl + (call.Behaviour.SignStreamsWithTrailingSlash ? "/" : "");

        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("User-Agent", "Twilio.TmeWs/1.0");
        socket.Options.SetRequestHeader("Host", address.Host);
        socket.Options.SetRequestHeader(TwilioSignature.Header, TwilioSignature.Compute(call.Account.AuthToken, signed, []));

        using var limit = new CancellationTokenSource(HandshakeLimit, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(uri, _http, either.Token);
            return socket;
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            var status = (int)socket.HttpStatusCode;
            socket.Dispose();
            throw StreamFailedException.Connecting(failure, status);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _http.Dispose();

    private Uri Check(WebhookAddress address)
    {
        var exact = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        if (!Uri.TryCreate(address.Url, exact, out var uri) || uri.Host.Length == 0)
            throw new StreamFailedException(31923, "Stream - WebSocket - Malformed URL");
        if (uri.Scheme == Uri.UriSchemeWss || (uri.Scheme == Uri.UriSchemeWs && _allowInsecure && uri.IsLoopback))
            return uri;
        throw new StreamFailedException(31922, $"Stream - WebSocket - URL Schema Not Supported: {uri.Scheme}");
    }
}
