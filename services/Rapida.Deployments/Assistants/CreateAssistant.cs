using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Deployments.Assistants;

/// <summary>Makes an assistant, which can say nothing yet.</summary>
internal sealed class CreateAssistant(DeploymentsDbContext db, TimeProvider clock, ILogger<CreateAssistant> logger)
{
    public async Task<Result<Assistant>> ExecuteAsync(Guid projectId, string? name, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > Assistant.MaxName || name.Any(char.IsControl))
            return AssistantProblems.NameInvalid;

        while (true)
        {
            var assistant = Assistant.Create(projectId, AssistantId.Random(), name, clock.GetUtcNow());
            db.Assistants.Add(assistant);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException exception)
                when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
                // The number is taken, by whichever project: another is drawn.
                db.ChangeTracker.Clear();
                continue;
            }

            logger.AssistantCreated(assistant.Id);
            return assistant;
        }
    }
}
