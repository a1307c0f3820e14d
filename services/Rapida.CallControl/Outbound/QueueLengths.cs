using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Database;

namespace Rapida.CallControl.Outbound;

/// <summary>
/// How many calls of a project wait, as this instance knows: counted once a second, and what it has queued since is added. To count at each request
/// would cost more than to queue; several instances may together let in some more than may wait.
/// </summary>
internal sealed class QueueLengths(TimeProvider clock)
{
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, Known> _known = new();

    /// <summary>Whether <paramref name="more"/> calls fit in. They are taken for queued if they do.</summary>
    public async Task<bool> TryAddAsync(CallsDbContext db, Guid projectId, int more, int most, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(projectId, out var known) || clock.GetUtcNow() - known.CountedAt > Memory)
        {
            var now = clock.GetUtcNow();
            var count = await db.Dials.CountAsync(dial => dial.ProjectId == projectId && dial.State == DialState.Waiting, cancellationToken);
            _known[projectId] = known = new(count, now);
        }

        return known.TryAdd(more, most);
    }

    private sealed class Known(int count, DateTimeOffset countedAt)
    {
        private int _count = count;

        public DateTimeOffset CountedAt => countedAt;

        public bool TryAdd(int more, int most)
        {
            if (Interlocked.Add(ref _count, more) <= most)
                return true;
            Interlocked.Add(ref _count, -more);
            return false;
        }
    }
}
