using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rapida.Recording.Conversations;
using Rapida.Recording.Database;

namespace Rapida.Recording.Recordings;

/// <summary>
/// Says when the recordings of ended calls are to be made: at once when the last attempt's journal is complete, else after a grace, for
/// its relay may be lost. What comes later still has the recording made again.
/// </summary>
internal sealed class ScheduleRecording(IOptions<RecordingOptions> options, TimeProvider clock)
{
    /// <summary>Runs in the transaction that stored the news, after it has locked the conversations.</summary>
    public Task ExecuteAsync(RecordingDbContext db, IReadOnlyCollection<ConversationKey> conversations, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return db.Database.ExecuteSqlAsync(
            $"""
            update conversations c set finalise_at = case
              when exists (
                select from attempts a
                where a.project_id = c.project_id and a.conversation_id = c.id
                  and a.number >= c.last_attempt and a.closed_sequence <= a.stored_through)
              then least(c.finalise_at, {now})
              else coalesce(c.finalise_at, {now + options.Value.CloseGrace}) end
            from unnest(
              {conversations.Select(key => key.ProjectId).ToArray()},
              {conversations.Select(key => key.Id).ToArray()}) as told (project_id, id)
            where c.project_id = told.project_id and c.id = told.id and c.ended_at is not null
            """,
            cancellationToken);
    }
}
