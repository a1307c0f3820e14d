using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rapida.Vault.V1;

namespace Rapida.Deployments.Tests;

/// <summary>The peer that knows API keys.</summary>
internal sealed class FakeVault : ApiKeys.ApiKeysBase, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, AuthenticateResponse> _keys = new();
    private readonly WebApplication _app;

    private FakeVault()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        _app = builder.Build();
        _app.MapGrpcService<FakeVault>();
    }

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<FakeVault> StartAsync()
    {
        var vault = new FakeVault();
        await vault._app.StartAsync();
        return vault;
    }

    /// <summary>Makes a key up.</summary>
    public string KeyFor(Guid projectId, params string[] scopes)
    {
        var key = $"key-{Guid.NewGuid()}";
        _keys[key] = new() { Known = true, ProjectId = projectId.ToString(), ApiKeyId = Guid.NewGuid().ToString(), Scopes = { scopes } };
        return key;
    }

    public override Task<AuthenticateResponse> Authenticate(AuthenticateRequest request, ServerCallContext context) =>
        Task.FromResult(_keys.GetValueOrDefault(request.Key, new()));

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
