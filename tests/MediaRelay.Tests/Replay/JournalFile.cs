using System.Text.Json;
using Google.Protobuf;
using Rapida.Conversations.V1;
using Rapida.MediaRelay.Replay;

namespace Rapida.MediaRelay.Tests.Replay;

/// <summary>A journal as Recording's API gives it.</summary>
internal static class JournalFile
{
    public static byte[] Of(IEnumerable<JournalEntry> entries)
    {
        var all = entries.DistinctBy(entry => (entry.Attempt, entry.Sequence)).OrderBy(entry => entry.Attempt).ThenBy(entry => entry.Sequence).ToList();
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            journal = all.Select(Row).Where(row => row is not null),
            turns = all.Where(entry => entry.Turn is not null).Select(entry => new
            {
                attempt = entry.Attempt,
                speaker = entry.Turn.Speaker is Speaker.Caller ? "caller" : "assistant",
                text = entry.Turn.Text,
                interrupted = entry.Turn.Interrupted,
            }),
        });
    }

    public static RecordedAttempt Attempt(IEnumerable<JournalEntry> entries) => Assert.Single(RecordedCall.Parse(new MemoryStream(Of(entries))));

    private static object? Row(JournalEntry entry)
    {
        var (kind, body) = entry.EntryCase switch
        {
            JournalEntry.EntryOneofCase.Decision => ("decision", (IMessage)entry.Decision),
            JournalEntry.EntryOneofCase.ToolStarted => ("tool_started", entry.ToolStarted),
            JournalEntry.EntryOneofCase.ToolFinished => ("tool_finished", entry.ToolFinished),
            JournalEntry.EntryOneofCase.Inputs => ("inputs", entry.Inputs),
            _ => ("", new JournalEntry()),
        };
        return kind.Length == 0 ? null : new { attempt = entry.Attempt, kind, body = JsonElement.Parse(JsonFormatter.Default.Format(body)) };
    }
}
