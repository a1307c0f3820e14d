using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Rapida.Deployments.Assistants;
using Rapida.Deployments.Phone;
using Rapida.Deployments.Providers;
using Rapida.Deployments.V1;
using Rapida.ServiceDefaults.Access;

namespace Rapida.Deployments;

[Callers("gateway")]
internal sealed class DeploymentsGrpcService(
    CreateAssistant createAssistant, FindAssistants findAssistants, CreateVersion createVersion,
    SavePhoneDeployment savePhone, FindPhoneDeployment findPhone, ResolvePhoneCall resolvePhoneCall,
    FindCredentialUses findCredentialUses, IHostEnvironment environment)
    : V1.Deployments.DeploymentsBase
{
    public override async Task<V1.Assistant> CreateAssistant(CreateAssistantRequest request, ServerCallContext context)
    {
        var projectId = request.ProjectId.ParseProjectId().ValueOrThrow();
        return (await createAssistant.ExecuteAsync(projectId, request.Name, context.CancellationToken)).ValueOrThrow().ToWire();
    }

    [Callers("gateway", "calls", "recordings")]
    public override async Task<V1.Assistant> GetAssistant(GetAssistantRequest request, ServerCallContext context)
    {
        var projectId = request.ProjectId.ParseProjectId().ValueOrThrow();
        var id = AssistantId.Parse(request.Id).ValueOrThrow();
        return (await findAssistants.GetAsync(projectId, id, context.CancellationToken)).ValueOrThrow().ToWire();
    }

    [Callers("gateway", "calls")]
    public override async Task<ListAssistantsResponse> ListAssistants(ListAssistantsRequest request, ServerCallContext context)
    {
        var projectId = request.ProjectId.ParseProjectId().ValueOrThrow();
        var assistants = await findAssistants.ListAsync(projectId, context.CancellationToken);
        return new() { Assistants = { assistants.Select(assistant => assistant.ToWire()) } };
    }

    public override async Task<V1.AssistantVersion> CreateVersion(CreateVersionRequest request, ServerCallContext context)
    {
        var projectId = request.ProjectId.ParseProjectId().ValueOrThrow();
        var assistantId = AssistantId.Parse(request.AssistantId).ValueOrThrow();
        var command = CreateVersionCommand.Parse(
            projectId, assistantId, request.LanguageModel?.ToSettings(), request.Prompt, [.. request.Tools.Select(tool => tool.ToSettings())],
            environment.IsDevelopment()).ValueOrThrow();
        return (await createVersion.ExecuteAsync(command, context.CancellationToken)).ValueOrThrow().ToWire();
    }

    public override async Task<V1.PhoneDeployment> SavePhoneDeployment(SavePhoneDeploymentRequest request, ServerCallContext context)
    {
        var projectId = request.ProjectId.ParseProjectId().ValueOrThrow();
        var assistantId = AssistantId.Parse(request.AssistantId).ValueOrThrow();
        var command = SavePhoneDeploymentCommand.Parse(projectId, assistantId, request.ToSettings()).ValueOrThrow();
        return (await savePhone.ExecuteAsync(command, context.CancellationToken)).ValueOrThrow().ToWire();
    }

    public override async Task<V1.PhoneDeployment> GetPhoneDeployment(GetPhoneDeploymentRequest request, ServerCallContext context)
    {
        var projectId = request.ProjectId.ParseProjectId().ValueOrThrow();
        var assistantId = AssistantId.Parse(request.AssistantId).ValueOrThrow();
        return (await findPhone.GetAsync(projectId, assistantId, context.CancellationToken)).ValueOrThrow().ToWire();
    }

    [Callers("calls")]
    public override async Task<ResolvePhoneCallResponse> ResolvePhoneCall(ResolvePhoneCallRequest request, ServerCallContext context)
    {
        var projectId = request.ProjectId.ParseProjectId().ValueOrThrow();
        var assistantId = AssistantId.Parse(request.AssistantId).ValueOrThrow();
        var resolved = (await resolvePhoneCall.ExecuteAsync(projectId, assistantId, request.Version, context.CancellationToken)).ValueOrThrow();
        return new()
        {
            Assistant = resolved.Assistant.ToWire(),
            Version = resolved.Version?.ToWire(),
            Phone = resolved.Phone?.ToWire(),
            Missing = { resolved.Missing() },
        };
    }

    [Callers("vault")]
    public override async Task<FindCredentialUsesResponse> FindCredentialUses(FindCredentialUsesRequest request, ServerCallContext context)
    {
        var projectId = request.ProjectId.ParseProjectId().ValueOrThrow();
        // What is no id is nobody's credential, and nobody uses it.
        var uses = Guid.TryParse(request.CredentialId, out var credentialId)
            ? await findCredentialUses.ExecuteAsync(projectId, credentialId, context.CancellationToken)
            : [];
        return new() { Uses = { uses.Select(use => use.ToWire()) } };
    }
}
