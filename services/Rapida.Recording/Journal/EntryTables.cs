using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Rapida.Recording.Database;
using EntryKind = Rapida.Conversations.V1.JournalEntry.EntryOneofCase;
using Wire = Rapida.Conversations.V1;

namespace Rapida.Recording.Journal;

/// <summary>
/// Inserts many entries of a kind with one statement. Those that are there already stay as they are; of the values of one name the last
/// one counts.
/// </summary>
internal static class EntryTables
{
    public static async Task InsertAudioAsync(this RecordingDbContext db, List<Entry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
            return;

        await db.Database.ExecuteSqlAsync(
            $"""
            insert into audio_segments (project_id, conversation_id, attempt, track, first_sample, mulaw)
            select * from unnest(
              {entries.Select(entry => entry.Conversation.ProjectId).ToArray()},
              {entries.Select(entry => entry.Conversation.Id).ToArray()},
              {entries.Select(entry => entry.Attempt).ToArray()},
              {entries.Select(entry => (int)TrackOf(entry)).ToArray()},
              {entries.Select(entry => entry.Body.Audio.FirstSample).ToArray()},
              {entries.Select(entry => entry.Body.Audio.Mulaw.ToByteArray()).ToArray()})
            on conflict do nothing
            """,
            cancellationToken);
    }

    public static async Task InsertTurnsAsync(this RecordingDbContext db, List<Entry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
            return;

        await db.Database.ExecuteSqlAsync(
            $"""
            insert into turns
              (project_id, conversation_id, attempt, index, speaker, text, start_sample, end_sample, interrupted, gap_ms, waterfall)
            select project_id, conversation_id, attempt, index, speaker, text, start_sample, end_sample, interrupted, gap_ms, waterfall::json from unnest(
              {entries.Select(entry => entry.Conversation.ProjectId).ToArray()},
              {entries.Select(entry => entry.Conversation.Id).ToArray()},
              {entries.Select(entry => entry.Attempt).ToArray()},
              {entries.Select(entry => entry.Body.Turn.Index).ToArray()},
              {entries.Select(entry => (int)entry.Body.Turn.Speaker).ToArray()},
              {entries.Select(entry => Clean(entry.Body.Turn.Text)).ToArray()},
              {entries.Select(entry => entry.Body.Turn.StartSample).ToArray()},
              {entries.Select(entry => entry.Body.Turn.EndSample).ToArray()},
              {entries.Select(entry => entry.Body.Turn.Interrupted).ToArray()},
              {entries.Select(entry => entry.Body.Turn.GapMs).ToArray()},
              {entries.Select(entry => entry.Body.Turn.Waterfall is { } waterfall ? JsonFormatter.Default.Format(waterfall) : null).ToArray()})
              as told (project_id, conversation_id, attempt, index, speaker, text, start_sample, end_sample, interrupted, gap_ms, waterfall)
            on conflict do nothing
            """,
            cancellationToken);
    }

    public static async Task UpsertValuesAsync(this RecordingDbContext db, List<Entry> entries, CancellationToken cancellationToken)
    {
        // One statement may touch a row once: the last of each name.
        var last = entries
            .GroupBy(entry => (entry.Conversation, Name: Clean(entry.Body.Collected.Name)))
            .Select(same => (same.Key.Name, Entry: same.MaxBy(entry => (entry.Attempt, entry.Sequence))!))
            .ToList();
        if (last.Count == 0)
            return;

        await db.Database.ExecuteSqlAsync(
            $"""
            insert into collected_values (project_id, conversation_id, name, value, attempt, sequence)
            select * from unnest(
              {last.Select(value => value.Entry.Conversation.ProjectId).ToArray()},
              {last.Select(value => value.Entry.Conversation.Id).ToArray()},
              {last.Select(value => value.Name).ToArray()},
              {last.Select(value => Clean(value.Entry.Body.Collected.Value)).ToArray()},
              {last.Select(value => value.Entry.Attempt).ToArray()},
              {last.Select(value => value.Entry.Sequence).ToArray()})
            on conflict (project_id, conversation_id, name) do update set
              value = excluded.value, attempt = excluded.attempt, sequence = excluded.sequence
            where (collected_values.attempt, collected_values.sequence) < (excluded.attempt, excluded.sequence)
            """,
            cancellationToken);
    }

    public static async Task InsertJournalRowsAsync(this RecordingDbContext db, List<Entry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
            return;

        await db.Database.ExecuteSqlAsync(
            $"""
            insert into journal_rows (project_id, conversation_id, attempt, sequence, occurred_at, kind, body)
            select project_id, conversation_id, attempt, sequence, occurred_at, kind, body::json from unnest(
              {entries.Select(entry => entry.Conversation.ProjectId).ToArray()},
              {entries.Select(entry => entry.Conversation.Id).ToArray()},
              {entries.Select(entry => entry.Attempt).ToArray()},
              {entries.Select(entry => entry.Sequence).ToArray()},
              {entries.Select(entry => entry.OccurredAt).ToArray()},
              {entries.Select(KindOf).ToArray()},
              {entries.Select(BodyOf).ToArray()})
              as told (project_id, conversation_id, attempt, sequence, occurred_at, kind, body)
            on conflict do nothing
            """,
            cancellationToken);
    }

    /// <summary>PostgreSQL holds any text but NUL.</summary>
    public static string Clean(string text) => text.Replace("\0", "", StringComparison.Ordinal);

    private static Track TrackOf(Entry entry) =>
        entry.Body.Audio.Track == Wire.Track.Caller ? Track.Caller : Track.Assistant;

    private static string KindOf(Entry entry) => entry.Body.EntryCase switch
    {
        EntryKind.Decision => "decision",
        EntryKind.ToolStarted => "tool_started",
        EntryKind.ToolFinished => "tool_finished",
        EntryKind.Inputs => "inputs",
        var other => throw new ArgumentOutOfRangeException(nameof(entry), other, null),
    };

    private static string BodyOf(Entry entry) => JsonFormatter.Default.Format(entry.Body.EntryCase switch
    {
        EntryKind.Decision => entry.Body.Decision,
        EntryKind.ToolStarted => entry.Body.ToolStarted,
        EntryKind.Inputs => entry.Body.Inputs,
        _ => (IMessage)entry.Body.ToolFinished,
    });
}
