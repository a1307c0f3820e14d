using Microsoft.EntityFrameworkCore;
using Rapida.Deployments.Providers;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Deployments.Assistants;

internal sealed record CreateVersionCommand
{
    private CreateVersionCommand()
    {
    }

    public required Guid ProjectId { get; init; }

    public required AssistantId AssistantId { get; init; }

    public required ProviderChoice? LanguageModel { get; init; }

    public required string Prompt { get; init; }

    public required IReadOnlyList<WrittenTool> Tools { get; init; }

    /// <param name="projectId">The tenant.</param>
    /// <param name="assistantId">Its assistant.</param>
    /// <param name="languageModel">Unchecked, as all that follows.</param>
    /// <param name="prompt">What the assistant is told.</param>
    /// <param name="tools">What it may have called.</param>
    /// <param name="allowsHttp">Tools may be without TLS: in Development only.</param>
    public static Result<CreateVersionCommand> Parse(
        Guid projectId, AssistantId assistantId, ProviderSettings? languageModel, string? prompt,
        IReadOnlyList<HttpToolSettings>? tools = null, bool allowsHttp = false)
    {
        if (!ProviderChoice.Parse("language_model", languageModel).TryGet(out var choice, out var problem))
            return problem;
        if (prompt?.Length > AssistantVersion.MaxPrompt || prompt?.Contains('\0', StringComparison.Ordinal) is true)
            return AssistantProblems.PromptInvalid;
        if (!HttpTool.ParseAll(tools ?? [], allowsHttp).TryGet(out var parsed, out problem))
            return problem;

        return new CreateVersionCommand
        {
            ProjectId = projectId,
            AssistantId = assistantId,
            LanguageModel = choice,
            Prompt = prompt ?? "",
            Tools = parsed,
        };
    }
}

/// <summary>Gives the headers of a version's tools to Vault, and saves the version: in this order, so that none is live whose headers are nowhere.</summary>
internal sealed class CreateVersion(DeploymentsDbContext db, StoreToolHeaders storeHeaders, SaveVersion save)
{
    public async Task<Result<AssistantVersion>> ExecuteAsync(CreateVersionCommand command, CancellationToken cancellationToken)
    {
        var (projectId, id) = (command.ProjectId, command.AssistantId);
        var latest = await (
            from assistant in db.Assistants
            where assistant.ProjectId == projectId && assistant.Id == id
            from version in db.AssistantVersions.Where(row => row.ProjectId == projectId && row.AssistantId == assistant.Id
                && row.Version == assistant.LiveVersion).DefaultIfEmpty()
            select new { Version = version })
            .AsNoTracking()
            .SingleOrDefaultAsync(cancellationToken);
        if (latest is null)
            return AssistantProblems.Unknown;

        return (await storeHeaders.ExecuteAsync(projectId, id, command.Tools, latest.Version?.Tools ?? [], cancellationToken)).TryGet(out var tools, out var problem)
            ? await save.ExecuteAsync(command, tools, cancellationToken)
            : problem;
    }
}
