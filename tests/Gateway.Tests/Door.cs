using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Rapida.Testing;

namespace Rapida.Gateway.Tests;

/// <summary>A Gateway on a real socket, with one service behind every path.</summary>
internal sealed class Door : IAsyncDisposable
{
    private Door(FakeService service, ServiceUnderTest<Program> gateway) => (Service, Gateway) = (service, gateway);

    public FakeService Service { get; }

    public ServiceUnderTest<Program> Gateway { get; }

    public static async Task<Door> OpenAsync(params (string Key, string Value)[] settings)
    {
        var service = await FakeService.StartAsync();
        return new(service, await NewGatewayAsync(service.Address, settings));
    }

    /// <summary>Neither the service nor the log remembers what comes: for tests that send so much that it would count.</summary>
    public void Forget()
    {
        Service.IsRemembering = false;
        Gateway.Logs.From = LogLevel.Error;
    }

    public static async Task<ServiceUnderTest<Program>> NewGatewayAsync(string service, params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string>
        {
            ["ConnectionStrings:cache"] = await TestServers.RedisAsync(),
            // So that a busy machine does not look like an outage.
            ["Gateway:Rates:RedisWithin"] = "00:00:05",
        };
        foreach (var name in new[] { "calls", "vault", "deployments", "recordings" })
            all[$"services:{name}:http:0"] = service;
        foreach (var (key, value) in settings)
            all[key] = value;
        return new("gateway", new ServiceKeys(), all);
    }

    public HttpClient NewClient() => Gateway.NewHttpClient();

    /// <summary>Sends text as it is over a socket, and returns all that comes back until the Gateway closes.</summary>
    /// <param name="request">From the request line on.</param>
    /// <param name="from">An address of this machine: all of 127.0.0.0/8 are.</param>
    public async Task<string> SendRawAsync(string request, string from = "127.0.0.1")
    {
        using var client = new TcpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        await client.ConnectAsync("127.0.0.1", Gateway.HttpPort);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.ASCII);
        try
        {
            return await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            return ""; // It was reset.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Service.DisposeAsync();
    }
}
