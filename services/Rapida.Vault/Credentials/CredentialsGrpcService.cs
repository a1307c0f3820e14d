using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Problems;
using Rapida.Vault.Projects;
using Rapida.Vault.V1;

namespace Rapida.Vault.Credentials;

[Callers("gateway")]
internal sealed class CredentialsGrpcService(CreateCredential create, FindCredentials find, RevealCredential reveal)
    : V1.Credentials.CredentialsBase
{
    public override async Task<V1.Credential> CreateCredential(CreateCredentialRequest request, ServerCallContext context)
    {
        var projectId = request.ProjectId.ParseProjectId().ValueOrThrow();
        var command = CreateCredentialCommand.Parse(projectId, request.Provider, request.Name, request.Fields).ValueOrThrow();
        return ToWire((await create.ExecuteAsync(command, context.CancellationToken)).ValueOrThrow());
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
            SecretFields = { revealed.SecretFields.ToDictionary(field => field.Key, field => field.Value.Reveal()) },
            LeaseId = revealed.LeaseId.ToString(),
            ExpiresAt = revealed.ExpiresAt.ToTimestamp(),
        };
    }

    private static V1.Credential ToWire(Credential credential) => new()
    {
        ProjectId = credential.ProjectId.ToString(),
        Id = credential.Id.ToString(),
        Provider = credential.Provider,
        Name = credential.Name,
        PublicFields = { credential.PublicFields },
        CreatedAt = credential.CreatedAt.ToTimestamp(),
        UpdatedAt = credential.UpdatedAt.ToTimestamp(),
    };
}
