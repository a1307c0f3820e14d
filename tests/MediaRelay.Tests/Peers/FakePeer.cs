using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rapida.ServiceDefaults;
using Rapida.Testing;

namespace Rapida.MediaRelay.Tests.Peers;

/// <summary>A peer's gRPC endpoint in this process, with its real access check.</summary>
internal sealed class FakePeer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakePeer(WebApplication app, string address) => (_app, Address) = (app, address);

    public string Address { get; }

    public static Task<FakePeer> StartAsync<TService>(string name, ServiceKeys keys, TService service)
        where TService : class => StartAsync(name, keys, service, service);

    /// <summary>A peer with two services.</summary>
    public static async Task<FakePeer> StartAsync<TService, TOther>(string name, ServiceKeys keys, TService service, TOther other)
        where TService : class
        where TOther : class
    {
        var port = FreePort();
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(keys.SettingsFor(name, "media").Append(new("GRPC_PORT", $"{port}"))!);
        builder.AddServiceDefaults(name);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(service).AddSingleton(other);
        var app = builder.Build();
        app.MapGrpcService<TService>();
        if (typeof(TOther) != typeof(TService))
            app.MapGrpcService<TOther>();
        await app.StartAsync();
        return new FakePeer(app, $"http://127.0.0.1:{port}");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
