using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Rapida.Calls.V1;
using Rapida.Vault.V1;

namespace Recording.Tests;

/// <summary>Vault and CallControl on a loopback port, as far as Recording asks them.</summary>
internal sealed class FakePeers : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakePeers(WebApplication app, Known known) => (_app, Calls) = (app, known);

    public Known Calls { get; }

    public string Address => _app.Urls.Single();

    /// <summary>A key of a project that may read conversations.</summary>
    public static string KeyOf(Guid project) => $"conversations:read {project}";

    /// <summary>A key of a project that may not.</summary>
    public static string OtherKeyOf(Guid project) => $"calls:read {project}";

    public static async Task<FakePeers> StartAsync()
    {
        var known = new Known();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(known);
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.MapGrpcService<FakeVault>();
        app.MapGrpcService<FakeCalls>();
        await app.StartAsync();
        return new(app, known);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>The calls that CallControl knows, by project and conversation.</summary>
    public sealed class Known : ConcurrentDictionary<(string ProjectId, string ConversationId), Call>;

    private sealed class FakeVault : ApiKeys.ApiKeysBase
    {
        public override Task<AuthenticateResponse> Authenticate(AuthenticateRequest request, ServerCallContext context) =>
            Task.FromResult(request.Key.Split(' ') is [var scope, var project] && Guid.TryParse(project, out _)
                ? new AuthenticateResponse { Known = true, ProjectId = project, ApiKeyId = Guid.NewGuid().ToString(), Scopes = { scope.Split(',') } }
                : new AuthenticateResponse());
    }

    private sealed class FakeCalls(Known known) : Rapida.Calls.V1.Calls.CallsBase
    {
        public override Task<Call> FindByConversation(FindByConversationRequest request, ServerCallContext context) =>
            known.TryGetValue((request.ProjectId, request.ConversationId), out var call)
                ? Task.FromResult(call)
                : throw new RpcException(new Status(StatusCode.NotFound, "No such call."));
    }
}
