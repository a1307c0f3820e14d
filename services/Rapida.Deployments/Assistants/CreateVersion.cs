using Rapida.Deployments.Providers;
using Rapida.Events.Outbox;
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

    public required IReadOnlyList<HttpTool> Tools { get; init; }

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

/// <summary>Saves what an assistant is as its next version, which is live at once: calls in progress keep theirs.</summary>
internal sealed class CreateVersion(DeploymentsDbContext db, TimeProvider clock, ILogger<CreateVersion> logger)
{
    public async Task<Result<AssistantVersion>> ExecuteAsync(CreateVersionCommand command, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.LockAssistantAsync(command.ProjectId, command.AssistantId, cancellationToken) is not { } assistant)
            return AssistantProblems.Unknown;

        var now = clock.GetUtcNow();
        db.Outbox.Announce(assistant.NextVersion(now));
        var version = new AssistantVersion
        {
            ProjectId = command.ProjectId,
            AssistantId = command.AssistantId,
            Version = assistant.LiveVersion,
            LanguageModel = command.LanguageModel,
            Prompt = command.Prompt,
            Tools = command.Tools,
            CreatedAt = now,
        };
        db.AssistantVersions.Add(version);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        logger.VersionCreated(version.AssistantId, version.Version);
        return version;
    }
}
