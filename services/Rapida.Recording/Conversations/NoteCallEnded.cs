using MassTransit;
using Microsoft.EntityFrameworkCore;
using Rapida.Contracts.Events;
using Rapida.Events.Inbox;
using Rapida.Recording.Database;
using Rapida.Recording.Recordings;

namespace Rapida.Recording.Conversations;

/// <summary>Twilio called the call terminal: its recording can be made as soon as the journal is complete.</summary>
internal sealed class NoteCallEnded(RecordingDbContext db, ScheduleRecording schedule, TimeProvider clock) : IConsumer<CallEnded>
{
    public Task Consume(ConsumeContext<CallEnded> context)
    {
        var fact = context.Message;
        return db.OnceAsync(context, "recordings-call-ended", clock.GetUtcNow(), async () =>
        {
            var news = await db.Database.ExecuteSqlAsync(
                $"""
                insert into conversations (
                  project_id, id, call_id, ended_at, ended_by, outcome, fault, last_attempt, ended_sequence, attempt, answered_sequence)
                values (
                  {fact.ProjectId}, {fact.ConversationId}, {fact.AggregateId}, {fact.OccurredAt}, {fact.EndedBy}, {fact.Status},
                  {fact.Fault}, {fact.Attempts}, {fact.Sequence}, 0, 0)
                on conflict (project_id, id) do update set
                  call_id = excluded.call_id,
                  ended_at = excluded.ended_at,
                  ended_by = excluded.ended_by,
                  outcome = excluded.outcome,
                  fault = excluded.fault,
                  last_attempt = excluded.last_attempt,
                  ended_sequence = excluded.ended_sequence
                where conversations.ended_sequence < excluded.ended_sequence
                """,
                context.CancellationToken);
            if (news > 0)
                await schedule.ExecuteAsync(db, [new(fact.ProjectId, fact.ConversationId)], context.CancellationToken);
        });
    }
}
