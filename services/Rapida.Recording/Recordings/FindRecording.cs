using Microsoft.EntityFrameworkCore;
using Rapida.Recording.Database;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Recording.Recordings;

/// <summary>A project's recording.</summary>
internal sealed class FindRecording(RecordingDbContext db)
{
    public static readonly Problem Unknown = new(ProblemKind.NotFound, "recording_not_found", "There is no such recording.");

    public async Task<Result<FinishedRecording>> ExecuteAsync(Guid projectId, string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var recordingId)
        && await db.Recordings.AsNoTracking()
            .SingleOrDefaultAsync(row => row.ProjectId == projectId && row.Id == recordingId, cancellationToken) is { } recording
            ? recording
            : Unknown;
}
