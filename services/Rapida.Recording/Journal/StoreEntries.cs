using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Rapida.Recording.Conversations;
using Rapida.Recording.Database;
using Rapida.Recording.Recordings;
using EntryKind = Rapida.Conversations.V1.JournalEntry.EntryOneofCase;

namespace Rapida.Recording.Journal;

/// <summary>
/// Writes a batch of entries in one transaction, a statement for each table. Every statement may run twice with the same result: an entry
/// that comes again changes nothing.
/// </summary>
internal sealed class StoreEntries(IDbContextFactory<RecordingDbContext> databases, ScheduleRecording schedule)
{
    /// <returns>The sessions that were refused, because a newer attempt is known.</returns>
    public async Task<IReadOnlySet<JournalSession>> ExecuteAsync(IReadOnlyList<ReceivedEntry> batch, CancellationToken cancellationToken)
    {
        var conversations = batch.Select(received => received.Session.Conversation).ToHashSet();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        var highest = await LockAsync(db, conversations, cancellationToken);
        var refused = batch
            .Select(received => received.Session)
            .Where(session => session.Attempt < highest[session.Conversation])
            .ToHashSet();
        var taken = batch.Where(received => !refused.Contains(received.Session)).ToList();

        await StoreAttemptsAsync(db, taken, cancellationToken);
        await StoreOpenedAsync(db, taken, highest, cancellationToken);
        await db.InsertAudioAsync(Of(taken, EntryKind.Audio), cancellationToken);
        await db.InsertTurnsAsync(Of(taken, EntryKind.Turn), cancellationToken);
        await db.UpsertValuesAsync(Of(taken, EntryKind.Collected), cancellationToken);
        await db.InsertJournalRowsAsync(Of(taken, EntryKind.Decision, EntryKind.ToolStarted, EntryKind.ToolFinished, EntryKind.Inputs), cancellationToken);
        await schedule.ExecuteAsync(db, conversations, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return refused;
    }

    // The lock makes instances take turns with a conversation, so that all of them agree on the highest attempt. In order of the key, so
    // that two batches with the same calls cannot wait for each other.
    private static async Task<Dictionary<ConversationKey, int>> LockAsync(
        RecordingDbContext db, IReadOnlySet<ConversationKey> conversations, CancellationToken cancellationToken)
    {
        var projects = conversations.Select(key => key.ProjectId).ToArray();
        var ids = conversations.Select(key => key.Id).ToArray();
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into conversations (project_id, id, attempt, answered_sequence, ended_sequence)
            select project_id, id, 0, 0, 0 from unnest({projects}, {ids}) as known (project_id, id)
            order by project_id, id
            on conflict (project_id, id) do nothing
            """,
            cancellationToken);
        var rows = await db.Conversations
            .FromSql(
                $"""
                select c.* from conversations c join unnest({projects}, {ids}) as known (project_id, id) using (project_id, id)
                order by project_id, id for no key update of c
                """)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return rows.ToDictionary(row => new ConversationKey(row.ProjectId, row.Id), row => row.Attempt);
    }

    private static async Task StoreAttemptsAsync(RecordingDbContext db, List<ReceivedEntry> taken, CancellationToken cancellationToken)
    {
        // Ahead of the commit: if that fails the stream ends, and its sessions with it.
        foreach (var (session, entry) in taken)
            session.Written.Add(entry.Sequence);

        var sessions = taken.GroupBy(received => received.Session, received => received.Entry).ToList();
        var opened = sessions.Select(entries => entries.FirstOrDefault(entry => entry.Body.Opened is not null)?.OccurredAt).ToArray();
        var closed = sessions.Select(entries => entries.FirstOrDefault(entry => entry.Body.Closed is not null)).ToList();
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into attempts
              (project_id, conversation_id, number, stored_through, length, opened_at, closed_sequence, close_reason)
            select * from unnest(
              {sessions.Select(entries => entries.Key.Conversation.ProjectId).ToArray()},
              {sessions.Select(entries => entries.Key.Conversation.Id).ToArray()},
              {sessions.Select(entries => entries.Key.Attempt).ToArray()},
              {sessions.Select(entries => entries.Key.Written.Through).ToArray()},
              {sessions.Select(entries => entries.Max(LengthSeen)).ToArray()},
              {opened},
              {closed.Select(entry => entry?.Sequence).ToArray()},
              {closed.Select(entry => entry is null ? null : EntryTables.Clean(entry.Body.Closed.Reason)).ToArray()})
            on conflict (project_id, conversation_id, number) do update set
              stored_through = greatest(attempts.stored_through, excluded.stored_through),
              length = greatest(attempts.length, excluded.length),
              opened_at = coalesce(attempts.opened_at, excluded.opened_at),
              closed_sequence = coalesce(attempts.closed_sequence, excluded.closed_sequence),
              close_reason = coalesce(attempts.close_reason, excluded.close_reason)
            """,
            cancellationToken);
    }

    private static long LengthSeen(Entry entry) => entry.Body.EntryCase switch
    {
        EntryKind.Audio => entry.Body.Audio.FirstSample + entry.Body.Audio.Mulaw.Length,
        EntryKind.Closed => entry.Body.Closed.Samples,
        _ => 0,
    };

    // Only what CallAnswered has not told before, or will tell again.
    private static async Task StoreOpenedAsync(
        RecordingDbContext db, List<ReceivedEntry> taken, Dictionary<ConversationKey, int> highest, CancellationToken cancellationToken)
    {
        var news = taken
            .Where(received => received.Session.Attempt > highest[received.Session.Conversation] || received.Entry.Body.Opened is not null)
            .GroupBy(received => received.Session.Conversation, received => received.Entry)
            .ToList();
        if (news.Count == 0)
            return;

        var opened = news.Select(entries => entries.FirstOrDefault(entry => entry.Body.Opened is not null)).ToList();
        await db.Database.ExecuteSqlAsync(
            $"""
            update conversations c set
              attempt = greatest(c.attempt, told.attempt),
              started_at = least(c.started_at, told.opened_at),
              call_id = coalesce(c.call_id, told.call_id),
              assistant_id = coalesce(c.assistant_id, told.assistant_id),
              assistant_version = coalesce(c.assistant_version, told.assistant_version),
              traceparent = coalesce(c.traceparent, told.traceparent)
            from unnest(
              {news.Select(entries => entries.Key.ProjectId).ToArray()},
              {news.Select(entries => entries.Key.Id).ToArray()},
              {news.Select(entries => entries.Max(entry => entry.Attempt)).ToArray()},
              {opened.Select(entry => entry?.OccurredAt).ToArray()},
              {opened.Select(entry => Guid.TryParse(entry?.Body.Opened.CallId, out var call) ? call : (Guid?)null).ToArray()},
              {opened.Select(entry => entry is null ? null : EntryTables.Clean(entry.Body.Opened.AssistantId)).ToArray()},
              {opened.Select(entry => entry?.Body.Opened.AssistantVersion).ToArray()},
              {opened.Select(TraceParentOf).ToArray()})
              as told (project_id, id, attempt, opened_at, call_id, assistant_id, assistant_version, traceparent)
            where c.project_id = told.project_id and c.id = told.id
            """,
            cancellationToken);
    }

    // Kept only when a child span can hang on it.
    private static string? TraceParentOf(Entry? entry) =>
        ActivityContext.TryParse(entry?.Body.Opened.Traceparent, null, out _) ? entry!.Body.Opened.Traceparent : null;

    private static List<Entry> Of(List<ReceivedEntry> taken, params ReadOnlySpan<EntryKind> kinds)
    {
        var entries = new List<Entry>();
        foreach (var (_, entry) in taken)
            if (kinds.Contains(entry.Body.EntryCase))
                entries.Add(entry);
        return entries;
    }
}
