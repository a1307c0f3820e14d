using Rapida.Events.Outbox;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Deployments.Assistants;

/// <summary>Saves what an assistant is as its next version, which is live at once: calls in progress keep theirs.</summary>
internal sealed class SaveVersion(DeploymentsDbContext db, TimeProvider clock, ILogger<SaveVersion> logger)
{
    /// <param name="command">What was asked for.</param>
    /// <param name="tools">Its tools, without the values of their headers.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<AssistantVersion>> ExecuteAsync(
        CreateVersionCommand command, IReadOnlyList<HttpTool> tools, CancellationToken cancellationToken)
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
            Tools = tools,
            CreatedAt = now,
        };
        db.AssistantVersions.Add(version);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        logger.VersionCreated(version.AssistantId, version.Version);
        return version;
    }
}
