using Microsoft.EntityFrameworkCore;
using Rapida.ServiceDefaults.Endpoints;
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

    /// <summary>The same, in pages. The ids are random: the UUID of an assistant's events has the time in it.</summary>
    public async Task<Result<Page<Assistant>>> PageAsync(Guid projectId, int? pageSize, string? pageToken, CancellationToken cancellationToken)
    {
        if (!Paging.Parse<Guid>(pageSize, pageToken).TryGet(out var page, out var problem))
            return problem;

        var assistants = await db.Assistants.AsNoTracking()
            .Where(row => row.ProjectId == projectId && (page.Last == null || row.AggregateId > page.Last))
            .OrderBy(row => row.AggregateId)
            .Take(page.Rows)
            .ToListAsync(cancellationToken);
        return page.Of(assistants, assistant => assistant.AggregateId);
    }

    /// <summary>What an assistant was or is.</summary>
    /// <param name="projectId">The tenant.</param>
    /// <param name="id">Its assistant.</param>
    /// <param name="version">Counts from 1.</param>
    /// <param name="cancellationToken">Nobody waits for it any more.</param>
    public async Task<Result<AssistantVersion>> VersionAsync(Guid projectId, AssistantId id, int version, CancellationToken cancellationToken) =>
        await db.AssistantVersions.AsNoTracking()
            .SingleOrDefaultAsync(row => row.ProjectId == projectId && row.AssistantId == id && row.Version == version, cancellationToken) is { } found
            ? found
            : (await GetAsync(projectId, id, cancellationToken)).TryGet(out _, out var problem) ? AssistantProblems.VersionUnknown(version) : problem;

    /// <summary>What an assistant was and is, the latest first, in pages.</summary>
    public async Task<Result<Page<AssistantVersion>>> VersionsAsync(
        Guid projectId, AssistantId id, int? pageSize, string? pageToken, CancellationToken cancellationToken)
    {
        if (!(await GetAsync(projectId, id, cancellationToken)).TryGet(out _, out var problem))
            return problem;
        if (!Paging.Parse<int>(pageSize, pageToken).TryGet(out var page, out problem))
            return problem;

        var versions = await db.AssistantVersions.AsNoTracking()
            .Where(row => row.ProjectId == projectId && row.AssistantId == id && (page.Last == null || row.Version < page.Last))
            .OrderByDescending(row => row.Version)
            .Take(page.Rows)
            .ToListAsync(cancellationToken);
        return page.Of(versions, version => version.Version);
    }
}
