using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rapida.Calls.V1;
using Rapida.Deployments.V1;

namespace Rapida.Vault.Tests;

/// <summary>Deployments and CallControl on a loopback port, as far as Vault asks them.</summary>
internal sealed class FakePeers : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string ProjectId, string CredentialId), CredentialUse[]> _uses = new();
    private readonly ConcurrentDictionary<string, Func<Task<VerifyCredentialResponse>>> _answers = new();
    private readonly WebApplication _app;

    private FakePeers()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        _app = builder.Build();
        _app.MapGrpcService<FakeDeployments>();
        _app.MapGrpcService<FakeCalls>();
    }

    public string Address => _app.Urls.Single();

    public static async Task<FakePeers> StartAsync()
    {
        var peers = new FakePeers();
        await peers._app.StartAsync();
        return peers;
    }

    /// <summary>From now on these assistants use the credential; without any, nobody does.</summary>
    public void Use(Guid projectId, string credentialId, params CredentialUse[] uses) => _uses[(projectId.ToString(), credentialId)] = uses;

    /// <summary>What Twilio says of the credential, once somebody has asked.</summary>
    public void Say(string credentialId, Func<Task<VerifyCredentialResponse>> answer) => _answers[credentialId] = answer;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed class FakeDeployments(FakePeers peers) : Deployments.V1.Deployments.DeploymentsBase
    {
        public override Task<FindCredentialUsesResponse> FindCredentialUses(FindCredentialUsesRequest request, ServerCallContext context) =>
            Task.FromResult(new FindCredentialUsesResponse
            {
                Uses = { peers._uses.GetValueOrDefault((request.ProjectId, request.CredentialId), []) },
            });
    }

    private sealed class FakeCalls(FakePeers peers) : CredentialChecks.CredentialChecksBase
    {
        public override Task<VerifyCredentialResponse> Verify(VerifyCredentialRequest request, ServerCallContext context) =>
            peers._answers[request.CredentialId]();
    }
}
