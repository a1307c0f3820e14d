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

    public static Result<CreateVersionCommand> Parse(Guid projectId, AssistantId assistantId, ProviderSettings? languageModel, string? prompt)
    {
        if (!ProviderChoice.Parse("language_model", languageModel).TryGet(out var choice, out var problem))
            return problem;
        if (prompt?.Length > AssistantVersion.MaxPrompt || prompt?.Contains('\0', StringComparison.Ordinal) is true)
            return AssistantProblems.PromptInvalid;

        return new CreateVersionCommand
        {
            ProjectId = projectId,
            AssistantId = assistantId,
            LanguageModel = choice,
            Prompt = prompt ?? "",
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
            CreatedAt = now,
        };
        db.AssistantVersions.Add(version);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        logger.VersionCreated(version.AssistantId, version.Version);
        return version;
    }
}
