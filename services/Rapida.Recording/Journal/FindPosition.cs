using Microsoft.EntityFrameworkCore;
using Rapida.Recording.Conversations;
using Rapida.Recording.Database;

namespace Rapida.Recording.Journal;

/// <summary>Where a stream goes on that speaks of an attempt for the first time.</summary>
internal sealed class FindPosition(IDbContextFactory<RecordingDbContext> databases)
{
    /// <param name="HighestAttempt">Of the conversation, 0 when it is unknown.</param>
    /// <param name="StoredThrough">Of the attempt, 0 when it is unknown.</param>
    internal readonly record struct Position(int HighestAttempt, long StoredThrough);

    public async Task<Position> ExecuteAsync(ConversationKey conversation, int attempt, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Conversations
            .Where(row => row.ProjectId == conversation.ProjectId && row.Id == conversation.Id)
            .Select(row => new Position(
                row.Attempt,
                db.Attempts
                    .Where(a => a.ProjectId == row.ProjectId && a.ConversationId == row.Id && a.Number == attempt)
                    .Select(a => a.StoredThrough)
                    .SingleOrDefault()))
            .SingleOrDefaultAsync(cancellationToken);
    }
}
