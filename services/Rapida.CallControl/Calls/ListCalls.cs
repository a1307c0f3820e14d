using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Database;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Calls;

/// <summary>A project's calls, newest first, in pages.</summary>
internal sealed class ListCalls(CallsDbContext db)
{
    public async Task<Result<CallPage>> ExecuteAsync(Guid projectId, int? pageSize, string? pageToken, CancellationToken cancellationToken)
    {
        var size = pageSize ?? 50;
        Guid? before = null;
        if (size is < 1 or > 100)
            return CallProblems.BadPage;
        if (!string.IsNullOrEmpty(pageToken))
        {
            if (!Guid.TryParse(pageToken, out var token))
                return CallProblems.BadPage;
            before = token;
        }

        // Ids are UUID v7: their order is the order of making.
        var calls = await db.Calls.AsNoTracking()
            .Where(call => call.ProjectId == projectId && (before == null || call.Id.CompareTo(before.Value) < 0))
            .OrderByDescending(call => call.Id)
            .Take(size + 1)
            .ToListAsync(cancellationToken);
        return calls.Count > size
            ? new CallPage(calls[..size], calls[size - 1].Id.ToString())
            : new CallPage(calls, null);
    }
}

internal sealed record CallPage(IReadOnlyList<Call> Calls, string? NextPageToken);
