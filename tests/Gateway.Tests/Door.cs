using System.Net.Sockets;
using System.Text;
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
        return new(service, NewGateway(service.Address, settings));
    }

    public static ServiceUnderTest<Program> NewGateway(string service, params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string>();
        foreach (var name in new[] { "calls", "vault", "deployments", "recordings" })
            all[$"services:{name}:http:0"] = service;
        foreach (var (key, value) in settings)
            all[key] = value;
        return new("gateway", new ServiceKeys(), all);
    }

    public HttpClient NewClient() => Gateway.NewHttpClient();

    /// <summary>Sends text as it is over a socket, and returns all that comes back until the Gateway closes.</summary>
    public async Task<string> SendRawAsync(string request)
    {
        using var client = new TcpClient();
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
