using Microsoft.EntityFrameworkCore;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Deployments.Assistants;

internal sealed class FindAssistants(DeploymentsDbContext db)
{
    public async Task<Result<Assistant>> GetAsync(Guid projectId, AssistantId id, CancellationToken cancellationToken) =>
        await db.Assistants.AsNoTracking().SingleOrDefaultAsync(row => row.ProjectId == projectId && row.Id == id, cancellationToken)
            is { } assistant
            ? assistant
            : AssistantProblems.Unknown;

    /// <summary>The newest last.</summary>
    public async Task<IReadOnlyList<Assistant>> ListAsync(Guid projectId, CancellationToken cancellationToken) =>
        await db.Assistants.AsNoTracking()
            .Where(row => row.ProjectId == projectId)
            .OrderBy(row => row.CreatedAt)
            .ToListAsync(cancellationToken);
}
