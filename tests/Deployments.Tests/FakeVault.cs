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

/// <summary>The peer that knows API keys, and keeps what Deployments must not.</summary>
internal sealed class FakeVault : ApiKeys.ApiKeysBase, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, AuthenticateResponse> _keys = new();
    private readonly List<(string Id, CreateCredentialRequest Request)> _stored = [];
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
        _app.MapGrpcService<FakeCredentials>();
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

    /// <summary>Projects whose credentials are not to be had now, and why.</summary>
    public ConcurrentDictionary<string, StatusCode> Refusals { get; } = new();

    /// <summary>All that was stored, the newest last.</summary>
    public IReadOnlyList<(string Id, CreateCredentialRequest Request)> StoredFor(Guid projectId)
    {
        lock (_stored)
            return [.. _stored.Where(stored => stored.Request.ProjectId == projectId.ToString())];
    }

    /// <summary>A credential that the tenant has stored himself.</summary>
    public string Store(Guid projectId, string provider) => Store(new() { ProjectId = projectId.ToString(), Provider = provider });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private string Store(CreateCredentialRequest request)
    {
        lock (_stored)
        {
            if (request.MadeFor.Length > 0 && _stored.Find(stored => stored.Request.Equals(request)) is { Id: { } known })
                return known;
            var id = Guid.CreateVersion7().ToString();
            _stored.Add((id, request));
            return id;
        }
    }

    private sealed class FakeCredentials(FakeVault vault) : Credentials.CredentialsBase
    {
        public override Task<Credential> CreateCredential(CreateCredentialRequest request, ServerCallContext context)
        {
            RefuseIfToldTo(request.ProjectId);
            return Task.FromResult(new Credential { Id = vault.Store(request), Provider = request.Provider });
        }

        public override Task<Credential> GetCredential(GetCredentialRequest request, ServerCallContext context)
        {
            RefuseIfToldTo(request.ProjectId);
            var found = vault.StoredFor(Guid.Parse(request.ProjectId)).SingleOrDefault(stored => stored.Id == request.Id);
            return found.Request is { } stored
                ? Task.FromResult(new Credential { Id = found.Id, Provider = stored.Provider })
                : throw new RpcException(new Status(StatusCode.NotFound, "no"));
        }

        private void RefuseIfToldTo(string projectId)
        {
            if (vault.Refusals.TryGetValue(projectId, out var refusal))
                throw new RpcException(new Status(refusal, "no"));
        }
    }
}
