using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Privacy;
using Rapida.ServiceDefaults.Problems;
using Rapida.Vault.Projects;
using Rapida.Vault.V1;

namespace Rapida.Vault.Credentials;

[Callers("gateway")]
internal sealed class CredentialsGrpcService(CreateCredential create, FindCredentials find, RevealCredential reveal)
    : V1.Credentials.CredentialsBase
{
    [Callers("gateway", "deployments")]
    public override async Task<V1.Credential> CreateCredential(CreateCredentialRequest request, ServerCallContext context)
    {
        var projectId = request.ProjectId.ParseProjectId().ValueOrThrow();
        var command = CreateCredentialCommand.Parse(projectId, request.Provider, request.Name, request.Fields, request.MadeFor).ValueOrThrow();
        return ToWire(new((await create.ExecuteAsync(command, context.CancellationToken)).ValueOrThrow(), LastUsedAt: null));
    }

    [Callers("gateway", "calls", "deployments")]
    public override async Task<V1.Credential> GetCredential(GetCredentialRequest request, ServerCallContext context)
    {
        var projectId = request.ProjectId.ParseProjectId().ValueOrThrow();
        var id = Credential.ParseId(request.Id).ValueOrThrow();
        return ToWire((await find.GetAsync(projectId, id, context.CancellationToken)).ValueOrThrow());
    }

    public override async Task<ListCredentialsResponse> ListCredentials(ListCredentialsRequest request, ServerCallContext context)
    {
        var projectId = request.ProjectId.ParseProjectId().ValueOrThrow();
        var credentials = await find.ListAsync(projectId, context.CancellationToken);
        return new() { Credentials = { credentials.Select(ToWire) } };
    }

    [Callers("calls", "media")]
    public override async Task<RevealCredentialResponse> RevealCredential(RevealCredentialRequest request, ServerCallContext context)
    {
        var projectId = request.ProjectId.ParseProjectId().ValueOrThrow();
        var id = Credential.ParseId(request.Id).ValueOrThrow();
        var command = RevealCredentialCommand
            .Parse(projectId, id, request.Purpose, request.Instance, context.CallingService(), request.Grant)
            .ValueOrThrow();
        var revealed = (await reveal.ExecuteAsync(command, context.CancellationToken)).ValueOrThrow();
        return new()
        {
            SecretFields = { InClear(revealed.SecretFields) },
            LeaseId = revealed.LeaseId.ToString(),
            ExpiresAt = revealed.ExpiresAt.ToTimestamp(),
            PreviousSecretFields = { revealed.Previous is { } previous ? InClear(previous.SecretFields) : [] },
            PreviousUntil = revealed.Previous?.Until.ToTimestamp(),
        };
    }

    private static Dictionary<string, string> InClear(IReadOnlyDictionary<string, Secret> fields) =>
        fields.ToDictionary(field => field.Key, field => field.Value.Reveal());

    private static V1.Credential ToWire(FoundCredential found) => new()
    {
        ProjectId = found.Credential.ProjectId.ToString(),
        Id = found.Credential.Id.ToString(),
        Provider = found.Credential.Provider,
        Name = found.Credential.Name,
        PublicFields = { found.Credential.PublicFields },
        CreatedAt = found.Credential.CreatedAt.ToTimestamp(),
        UpdatedAt = found.Credential.UpdatedAt.ToTimestamp(),
        SecretFields = { found.Credential.SecretFieldNames ?? [] },
        LastUsedAt = found.LastUsedAt?.ToTimestamp(),
        Status = found.Credential.Status,
        StatusReason = found.Credential.StatusReason ?? "",
        VerifiedAt = found.Credential.VerifiedAt?.ToTimestamp(),
    };
}
