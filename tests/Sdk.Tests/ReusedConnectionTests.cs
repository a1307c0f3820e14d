using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Rapida.Client;

namespace Sdk.Tests;

public sealed class ReusedConnectionTests
{
    // .NET sends a request without content up to three times more by itself when the connection is ended properly. Kestrel does not end one so.
    [Fact]
    public async Task Nobody_sends_a_deletion_again_whose_connection_was_used_before_and_ended_without_an_answer()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var asked = new ConcurrentQueue<string>();
        using var ended = new CancellationTokenSource();
        var serving = ServeAsync(listener, asked, ended.Token);
        using var client = new RapidaClient(new RapidaClientOptions { ApiKey = Answers.Key, BaseUrl = new($"http://{listener.LocalEndpoint}") });
        await client.Calls.GetAsync("e1");

        await Assert.ThrowsAsync<RapidaException>(() => client.Credentials.DeleteAsync("c1"));

        Assert.Equal(["GET /v1/calls/e1 HTTP/1.1", "DELETE /v1/credentials/c1 HTTP/1.1"], asked);
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
    }

    private static async Task ServeAsync(TcpListener listener, ConcurrentQueue<string> asked, CancellationToken cancellationToken)
    {
        var body = Answers.Call().ToJsonString();
        var answer = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        var buffer = new byte[8_192];
        while (true)
        {
            using var socket = await listener.AcceptSocketAsync(cancellationToken);
            for (int read; (read = await socket.ReceiveAsync(buffer, cancellationToken)) > 0;)
            {
                asked.Enqueue(Encoding.ASCII.GetString(buffer, 0, read).Split('\r')[0]);
                if (asked.Count > 1)
                    break;
                await socket.SendAsync(answer, cancellationToken);
            }
        }
    }
}
