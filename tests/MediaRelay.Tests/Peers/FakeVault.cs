using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Rapida.ServiceDefaults.Access;
using Rapida.Vault.V1;

namespace Rapida.MediaRelay.Tests.Peers;

/// <summary>Vault as the relay sees it: lends the headers of a tool for a while, or refuses.</summary>
[Callers("media")]
internal sealed class FakeVault(TimeProvider clock) : Credentials.CredentialsBase
{
    public ConcurrentQueue<RevealCredentialRequest> Asked { get; } = new();

    public (string Field, string Text) Secret { get; set; } = ("headers", """{"X-Key":"leased-key"}""");

    public TimeSpan Life { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Null: it gives them.</summary>
    public StatusCode? Refusal { get; set; }

    /// <summary>The same without a socket.</summary>
    public Credentials.CredentialsClient Client => new ClientInMemory(this);

    public override Task<RevealCredentialResponse> RevealCredential(RevealCredentialRequest request, ServerCallContext context) => Answer(request);

    private Task<RevealCredentialResponse> Answer(RevealCredentialRequest request)
    {
        Asked.Enqueue(request);
        return Refusal is { } refusal
            ? Task.FromException<RevealCredentialResponse>(new RpcException(new Status(refusal, "no")))
            : Task.FromResult(new RevealCredentialResponse
            {
                SecretFields = { [Secret.Field] = Secret.Text },
                ExpiresAt = (clock.GetUtcNow() + Life).ToTimestamp(),
            });
    }

    private sealed class ClientInMemory(FakeVault vault) : Credentials.CredentialsClient
    {
        public override AsyncUnaryCall<RevealCredentialResponse> RevealCredentialAsync(
            RevealCredentialRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
            new(vault.Answer(request), Task.FromResult(Metadata.Empty), () => Status.DefaultSuccess, () => Metadata.Empty, () => { });
    }
}
