using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Rapida.Deployments.Providers;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Endpoints;
using Rapida.ServiceDefaults.OpenApi;

namespace Rapida.Deployments.Assistants;

/// <summary>REST: <c>/v1/assistants</c> and their versions.</summary>
internal static class AssistantEndpoints
{
    public static void MapAssistantEndpoints(this IEndpointRouteBuilder app)
    {
        var assistants = app.MapGroup("/v1/assistants").WithParameter("id", "The assistant's number, as it stands in webhook URLs.", AssistantExamples.Id)
            .InSection("Assistants", "Who answers the telephone: a name, versions of what it is, and where it answers.");
        assistants.MapPost("", CreateAsync).RequireScope(Scopes.DeploymentsWrite)
            .Describe("createAssistant", "Makes an assistant.", "It can say nothing yet: give it a version and a phone deployment.")
            .WithRequestExample(AssistantExamples.Create)
            .WithAnswerExample(AssistantExamples.Created)
            .WithProblems(AssistantProblems.NameInvalid);
        assistants.MapGet("", ListAsync).RequireScope(Scopes.DeploymentsRead)
            .Describe("listAssistants", "Lists the project's assistants, the newest last.", "`live_version` is 0 while an assistant has no version.")
            .WithPages(AssistantExamples.PageToken)
            .WithAnswerExample(AssistantExamples.List)
            .WithProblems(Paging.Invalid);
        assistants.MapGet("{id}", GetAsync).RequireScope(Scopes.DeploymentsRead)
            .Describe("getAssistant", "Shows an assistant.", "Its name, and which of its versions is live.")
            .WithAnswerExample(AssistantExamples.Shown)
            .WithProblems(AssistantProblems.Unknown);
        assistants.MapPost("{id}/versions", CreateVersionAsync).RequireScope(Scopes.DeploymentsWrite)
            .Describe(
                "createAssistantVersion", "Saves what an assistant is as its next version.",
                "A version is a language model, a prompt and tools. It is live at once, is never changed, and is given whole: what is left out is empty, and not as before. "
                + "Calls in progress keep the version that they began with.")
            .WithRequestExample(AssistantExamples.CreateVersion)
            .WithAnswerExample(AssistantExamples.Version)
            .WithProblems([
                AssistantProblems.Unknown, AssistantProblems.PromptInvalid, AssistantProblems.TooManyTools, AssistantProblems.ToolNameInvalid("free slots"),
                AssistantProblems.ToolNameTaken("end_call"), AssistantProblems.ToolInvalid("free_slots", "timeout_seconds is 1 to 30."),
                .. ProviderProblems.Of("language_model")]);
        assistants.MapGet("{id}/versions", ListVersionsAsync).RequireScope(Scopes.DeploymentsRead)
            .Describe("listAssistantVersions", "Lists what an assistant was and is, the latest first.", "The latest is the live one. The values of headers are not shown.")
            .WithPages("3")
            .WithAnswerExample(AssistantExamples.Versions)
            .WithProblems(AssistantProblems.Unknown, Paging.Invalid);
        assistants.MapGet("{id}/versions/{version:int}", GetVersionAsync).RequireScope(Scopes.DeploymentsRead)
            .Describe("getAssistantVersion", "Shows a version of an assistant.", "A call tells which one it was held with. The values of headers are not shown.")
            .WithParameter("version", "Counts from 1.", "1")
            .WithAnswerExample(AssistantExamples.ShownVersion)
            .WithProblems(AssistantProblems.Unknown, AssistantProblems.VersionUnknown(7));
    }

    private static async Task<Ok<AssistantVersionList>> ListVersionsAsync(
        string id, ApiKeyHolder holder, FindAssistants find, int? page_size, string? page_token, CancellationToken cancellationToken)
    {
        var assistantId = AssistantId.Parse(id).ValueOrThrow();
        var page = (await find.VersionsAsync(holder.ProjectId, assistantId, page_size, page_token, cancellationToken)).ValueOrThrow();
        return TypedResults.Ok(new AssistantVersionList(page.Items.Select(AssistantVersionAnswer.Of), page.NextToken));
    }

    private static async Task<Ok<AssistantVersionAnswer>> GetVersionAsync(
        string id, int version, ApiKeyHolder holder, FindAssistants find, CancellationToken cancellationToken) =>
        TypedResults.Ok(AssistantVersionAnswer.Of(
            (await find.VersionAsync(holder.ProjectId, AssistantId.Parse(id).ValueOrThrow(), version, cancellationToken)).ValueOrThrow()));

    private static async Task<Created<AssistantAnswer>> CreateAsync(
        CreateAssistantBody body, ApiKeyHolder holder, CreateAssistant create, CancellationToken cancellationToken)
    {
        var assistant = (await create.ExecuteAsync(holder.ProjectId, body.Name, cancellationToken)).ValueOrThrow();
        return TypedResults.Created($"/v1/assistants/{assistant.Id}", AssistantAnswer.Of(assistant));
    }

    private static async Task<Ok<AssistantList>> ListAsync(
        ApiKeyHolder holder, FindAssistants find, int? page_size, string? page_token, CancellationToken cancellationToken)
    {
        var page = (await find.PageAsync(holder.ProjectId, page_size, page_token, cancellationToken)).ValueOrThrow();
        return TypedResults.Ok(new AssistantList(page.Items.Select(AssistantAnswer.Of), page.NextToken));
    }

    private static async Task<Ok<AssistantAnswer>> GetAsync(
        string id, ApiKeyHolder holder, FindAssistants find, CancellationToken cancellationToken)
    {
        var assistant = await find.GetAsync(holder.ProjectId, AssistantId.Parse(id).ValueOrThrow(), cancellationToken);
        return TypedResults.Ok(AssistantAnswer.Of(assistant.ValueOrThrow()));
    }

    private static async Task<Created<AssistantVersionAnswer>> CreateVersionAsync(
        string id, CreateVersionBody body, ApiKeyHolder holder, CreateVersion create, IHostEnvironment environment,
        CancellationToken cancellationToken)
    {
        var command = CreateVersionCommand
            .Parse(holder.ProjectId, AssistantId.Parse(id).ValueOrThrow(), body.LanguageModel, body.Prompt, body.Tools, environment.IsDevelopment())
            .ValueOrThrow();
        var version = (await create.ExecuteAsync(command, cancellationToken)).ValueOrThrow();
        return TypedResults.Created($"/v1/assistants/{version.AssistantId}/versions/{version.Version}", AssistantVersionAnswer.Of(version));
    }

    private sealed record CreateAssistantBody(
        [property: Required, Description("For people: 1 to 100 printable characters.")] string? Name);

    private sealed record CreateVersionBody(
        [property: Description("Who thinks. Left out: no call can be held.")] ProviderSettings? LanguageModel,
        [property: Description(
            "What the assistant is told: at most 50000 characters. In a script for the model `scripted`, `{{name}}` becomes what the caller has said for the slot of that name, "
            + "or else the value in the call's `args`; one that has neither becomes nothing. An inbound call has no `args`.")]
        string? Prompt,
        [property: Description("Addresses of yours that the model may have called: at most 16, with together at most 100000 characters.")]
        IReadOnlyList<HttpToolSettings>? Tools);

    private sealed record AssistantList(
        IEnumerable<AssistantAnswer> Assistants, [property: Description("Null on the last page.")] string? NextPageToken);

    private sealed record AssistantVersionList(
        IEnumerable<AssistantVersionAnswer> Versions, [property: Description("Null on the last page.")] string? NextPageToken);

    private sealed record AssistantAnswer(
        [property: Description("15 digits.")] string Id,
        string Name,
        DateTimeOffset CreatedAt,
        [property: Description("The version that answers new calls; 0 while there is none.")] int LiveVersion)
    {
        public static AssistantAnswer Of(Assistant assistant) =>
            new(assistant.Id.ToString(), assistant.Name, assistant.CreatedAt, assistant.LiveVersion);
    }

    private sealed record AssistantVersionAnswer(
        string AssistantId, [property: Description("Counts from 1.")] int Version, ProviderChoice? LanguageModel, string Prompt, IEnumerable<HttpToolSettings> Tools, DateTimeOffset CreatedAt)
    {
        public static AssistantVersionAnswer Of(AssistantVersion version) =>
            new(version.AssistantId.ToString(), version.Version, version.LanguageModel, version.Prompt,
                version.Tools.Select(HttpToolSettings.Of), version.CreatedAt);
    }
}
