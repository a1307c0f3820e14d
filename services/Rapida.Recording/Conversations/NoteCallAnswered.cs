using MassTransit;
using Microsoft.EntityFrameworkCore;
using Rapida.Contracts.Events;
using Rapida.Events.Inbox;
using Rapida.Recording.Database;

namespace Rapida.Recording.Conversations;

/// <summary>Somebody is talking: who, with which assistant.</summary>
internal sealed class NoteCallAnswered(RecordingDbContext db, TimeProvider clock) : IConsumer<CallAnswered>
{
    public Task Consume(ConsumeContext<CallAnswered> context)
    {
        var fact = context.Message;
        return db.OnceAsync(context, "recordings-call-answered", clock.GetUtcNow(), () => db.Database.ExecuteSqlAsync(
            $"""
            insert into conversations (
              project_id, id, call_id, assistant_id, assistant_version, direction, party_id, started_at, answered_sequence,
              attempt, ended_sequence)
            values (
              {fact.ProjectId}, {fact.ConversationId}, {fact.AggregateId}, {fact.AssistantId}, {fact.AssistantVersion}, {fact.Direction},
              {fact.PartyId}, {fact.OccurredAt}, {fact.Sequence}, 0, 0)
            on conflict (project_id, id) do update set
              call_id = excluded.call_id,
              assistant_id = excluded.assistant_id,
              assistant_version = excluded.assistant_version,
              direction = excluded.direction,
              party_id = excluded.party_id,
              started_at = least(conversations.started_at, excluded.started_at),
              answered_sequence = excluded.answered_sequence
            where conversations.answered_sequence < excluded.answered_sequence
            """,
            context.CancellationToken));
    }
}
