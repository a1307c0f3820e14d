using System.Diagnostics.CodeAnalysis;
using Rapida.Recording.Conversations;
using Wire = Rapida.Conversations.V1;

namespace Rapida.Recording.Journal;

/// <summary>A journal entry whose ids, time and positions have been checked.</summary>
internal sealed record Entry(ConversationKey Conversation, int Attempt, long Sequence, DateTimeOffset OccurredAt, Wire.JournalEntry Body)
{
    // Far beyond the longest call (4 hours): what lies above is a broken number, and would become a file full of silence.
    private const long MaxSamples = 24L * 60 * 60 * 8_000;
    private const int MaxAttempt = 10_000;

    /// <summary>Longest audio segment in bytes, which are samples: about 8 seconds.</summary>
    public const int MaxSegment = 64 * 1024;

    /// <summary>Reads an entry; <paramref name="problem"/> names the field that cannot be right.</summary>
    public static bool TryParse(
        Wire.JournalEntry wire, [NotNullWhen(true)] out Entry? entry, [NotNullWhen(false)] out string? problem)
    {
        entry = null;
        problem = null;
        if (!Guid.TryParse(wire.ProjectId, out var project))
            problem = "project_id";
        else if (!Guid.TryParse(wire.ConversationId, out var conversation))
            problem = "conversation_id";
        else if (wire.Attempt is < 1 or > MaxAttempt)
            problem = "attempt";
        else if (wire.Sequence < 1)
            problem = "sequence";
        else if (wire.OccurredAt is not { Seconds: >= 0 and < 253_402_300_799, Nanos: >= 0 and < 1_000_000_000 })
            problem = "occurred_at";
        else if ((problem = BrokenField(wire)) is null)
            entry = new(new(project, conversation), wire.Attempt, wire.Sequence, wire.OccurredAt.ToDateTimeOffset(), wire);
        return entry is not null;
    }

    private static string? BrokenField(Wire.JournalEntry wire) => wire.EntryCase switch
    {
        Wire.JournalEntry.EntryOneofCase.Audio => wire.Audio switch
        {
            { Track: not (Wire.Track.Caller or Wire.Track.Assistant) } => "audio.track",
            { FirstSample: < 0 or > MaxSamples } => "audio.first_sample",
            { Mulaw.Length: < 1 or > MaxSegment } => "audio.mulaw",
            _ => null,
        },
        Wire.JournalEntry.EntryOneofCase.Turn => wire.Turn switch
        {
            { Speaker: not (Wire.Speaker.Caller or Wire.Speaker.Assistant) } => "turn.speaker",
            { Index: < 1 } => "turn.index",
            { StartSample: < 0 or > MaxSamples } => "turn.start_sample",
            { EndSample: < 0 or > MaxSamples } => "turn.end_sample",
            _ => null,
        },
        Wire.JournalEntry.EntryOneofCase.Closed when wire.Closed.Samples is < 0 or > MaxSamples => "closed.samples",
        // Also an entry of a newer relay, of a kind that this version does not know: it waits there for a newer instance.
        Wire.JournalEntry.EntryOneofCase.None => "entry",
        _ => null,
    };
}
