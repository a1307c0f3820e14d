using Microsoft.EntityFrameworkCore;
using Rapida.Recording.Database;
using Rapida.ServiceDefaults.Endpoints;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Recording.Recordings;

/// <summary>A project's recordings, the newest first, in pages.</summary>
internal sealed class ListRecordings(RecordingDbContext db)
{
    public async Task<Result<Page<FinishedRecording>>> ExecuteAsync(Guid projectId, int? pageSize, string? pageToken, CancellationToken cancellationToken)
    {
        if (!Paging.Parse<Guid>(pageSize, pageToken).TryGet(out var page, out var problem))
            return problem;

        // Ids are UUID v7: their order is the order of making.
        var recordings = await db.Recordings.AsNoTracking()
            .Where(row => row.ProjectId == projectId && (page.Last == null || row.Id < page.Last))
            .OrderByDescending(row => row.Id)
            .Take(page.Rows)
            .ToListAsync(cancellationToken);
        return page.Of(recordings, recording => recording.Id);
    }
}
