using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Rapida.ServiceDefaults.Access;
using Rapida.Vault.Projects;
using Rapida.Vault.V1;

namespace Rapida.Vault.ApiKeys;

[Callers("gateway")]
internal sealed class ApiKeysGrpcService(
    CreateApiKey create, FindApiKeys find, RevokeApiKey revoke, AuthenticateApiKey authenticate, TimeProvider clock)
    : V1.ApiKeys.ApiKeysBase
{
    public override async Task<CreateApiKeyResponse> CreateApiKey(CreateApiKeyRequest request, ServerCallContext context)
    {
        var projectId = request.ProjectId.ParseProjectId().ValueOrThrow();
        var command = CreateApiKeyCommand
            .Parse(projectId, request.Name, request.Scopes, request.ExpiresAt?.ToDateTimeOffset(), clock.GetUtcNow())
            .ValueOrThrow();
        var created = (await create.ExecuteAsync(command, context.CancellationToken)).ValueOrThrow();
        return new() { ApiKey = ToWire(created.ApiKey), Key = created.Text.Reveal() };
    }

    public override async Task<ListApiKeysResponse> ListApiKeys(ListApiKeysRequest request, ServerCallContext context)
    {
        var projectId = request.ProjectId.ParseProjectId().ValueOrThrow();
        var keys = await find.ListAsync(projectId, context.CancellationToken);
        return new() { ApiKeys = { keys.Select(ToWire) } };
    }

    public override async Task<V1.ApiKey> RevokeApiKey(RevokeApiKeyRequest request, ServerCallContext context)
    {
        var projectId = request.ProjectId.ParseProjectId().ValueOrThrow();
        var id = ApiKey.ParseId(request.Id).ValueOrThrow();
        return ToWire((await revoke.ExecuteAsync(projectId, id, context.CancellationToken)).ValueOrThrow());
    }

    [Callers("gateway", "deployments", "calls", "recordings", "media")]
    public override async Task<AuthenticateResponse> Authenticate(AuthenticateRequest request, ServerCallContext context) =>
        await authenticate.FindAsync(request.Key, context.CancellationToken) is { } key
            ? new()
            {
                Known = true,
                ProjectId = key.ProjectId.ToString(),
                ApiKeyId = key.Id.ToString(),
                Scopes = { key.Scopes },
                ExpiresAt = key.ExpiresAt?.ToTimestamp(),
            }
            : new();

    private static V1.ApiKey ToWire(ApiKey key) => new()
    {
        ProjectId = key.ProjectId.ToString(),
        Id = key.Id.ToString(),
        Name = key.Name,
        Display = key.Display,
        Scopes = { key.Scopes },
        CreatedAt = key.CreatedAt.ToTimestamp(),
        ExpiresAt = key.ExpiresAt?.ToTimestamp(),
        RevokedAt = key.RevokedAt?.ToTimestamp(),
    };
}
