using Microsoft.AspNetCore.Http.HttpResults;
using Rapida.Deployments.Providers;
using Rapida.ServiceDefaults.Access;

namespace Rapida.Deployments.Assistants;

/// <summary>REST: <c>/v1/assistants</c> and their versions.</summary>
internal static class AssistantEndpoints
{
    public static void MapAssistantEndpoints(this IEndpointRouteBuilder app)
    {
        var assistants = app.MapGroup("/v1/assistants");
        assistants.MapPost("", CreateAsync).RequireScope(Scopes.DeploymentsWrite);
        assistants.MapGet("", ListAsync).RequireScope(Scopes.DeploymentsRead);
        assistants.MapGet("{id}", GetAsync).RequireScope(Scopes.DeploymentsRead);
        assistants.MapPost("{id}/versions", CreateVersionAsync).RequireScope(Scopes.DeploymentsWrite);
    }

    private static async Task<Created<AssistantAnswer>> CreateAsync(
        CreateAssistantBody body, ApiKeyHolder holder, CreateAssistant create, CancellationToken cancellationToken)
    {
        var assistant = (await create.ExecuteAsync(holder.ProjectId, body.Name, cancellationToken)).ValueOrThrow();
        return TypedResults.Created($"/v1/assistants/{assistant.Id}", AssistantAnswer.Of(assistant));
    }

    private static async Task<Ok<AssistantList>> ListAsync(ApiKeyHolder holder, FindAssistants find, CancellationToken cancellationToken) =>
        TypedResults.Ok(new AssistantList((await find.ListAsync(holder.ProjectId, cancellationToken)).Select(AssistantAnswer.Of)));

    private static async Task<Ok<AssistantAnswer>> GetAsync(
        string id, ApiKeyHolder holder, FindAssistants find, CancellationToken cancellationToken)
    {
        var assistant = await find.GetAsync(holder.ProjectId, AssistantId.Parse(id).ValueOrThrow(), cancellationToken);
        return TypedResults.Ok(AssistantAnswer.Of(assistant.ValueOrThrow()));
    }

    private static async Task<Created<VersionAnswer>> CreateVersionAsync(
        string id, CreateVersionBody body, ApiKeyHolder holder, CreateVersion create, IHostEnvironment environment,
        CancellationToken cancellationToken)
    {
        var command = CreateVersionCommand
            .Parse(holder.ProjectId, AssistantId.Parse(id).ValueOrThrow(), body.LanguageModel, body.Prompt, body.Tools, environment.IsDevelopment())
            .ValueOrThrow();
        var version = (await create.ExecuteAsync(command, cancellationToken)).ValueOrThrow();
        return TypedResults.Created((string?)null, VersionAnswer.Of(version));
    }

    private sealed record CreateAssistantBody(string? Name);

    private sealed record CreateVersionBody(ProviderSettings? LanguageModel, string? Prompt, IReadOnlyList<HttpToolSettings>? Tools);

    private sealed record AssistantList(IEnumerable<AssistantAnswer> Assistants);

    private sealed record AssistantAnswer(string Id, string Name, DateTimeOffset CreatedAt, int LiveVersion)
    {
        public static AssistantAnswer Of(Assistant assistant) =>
            new(assistant.Id.ToString(), assistant.Name, assistant.CreatedAt, assistant.LiveVersion);
    }

    private sealed record VersionAnswer(
        string AssistantId, int Version, ProviderChoice? LanguageModel, string Prompt, IEnumerable<HttpToolSettings> Tools, DateTimeOffset CreatedAt)
    {
        public static VersionAnswer Of(AssistantVersion version) =>
            new(version.AssistantId.ToString(), version.Version, version.LanguageModel, version.Prompt,
                version.Tools.Select(HttpToolSettings.Of), version.CreatedAt);
    }
}
