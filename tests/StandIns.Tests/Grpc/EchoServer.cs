using System.Net;
using System.Security.Cryptography.X509Certificates;
using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using StandIns.Tests.Grpc.Protos;

namespace StandIns.Tests.Grpc;

/// <summary>The genuine server on a free port of loopback, HTTP/2 only.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<GrpcChannel> _channels = [];

    private EchoServer(WebApplication app)
    {
        _app = app;
    }

    public Uri Address => new(_app.Urls.Single());

    public CallWatch Watch => _app.Services.GetRequiredService<CallWatch>();

    public static async Task<EchoServer> StartAsync(
        Action<GrpcServiceOptions>? configure = null,
        X509Certificate2? certificate = null,
        Action<WebApplication>? map = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listener =>
        {
            listener.Protocols = HttpProtocols.Http2;
            if (certificate is not null)
            {
                listener.UseHttps(certificate);
            }
        }));
        builder.Services.AddGrpc(configure ?? (_ => { }));
        builder.Services.AddSingleton<CallWatch>();

        var app = builder.Build();
        app.MapGrpcService<EchoService>();
        app.MapGrpcService<HealthService>();
        map?.Invoke(app);
        await app.StartAsync();
        return new EchoServer(app);
    }

    public GrpcChannel Connect(Action<GrpcChannelOptions>? configure = null)
    {
        var options = new GrpcChannelOptions();
        configure?.Invoke(options);
        var channel = GrpcChannel.ForAddress(Address, options);
        _channels.Add(channel);
        return channel;
    }

    public Echo.EchoClient Client() => new(Connect());

    public async ValueTask DisposeAsync()
    {
        _channels.ForEach(channel => channel.Dispose());
        await _app.DisposeAsync();
    }
}
