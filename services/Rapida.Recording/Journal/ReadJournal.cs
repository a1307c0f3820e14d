using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rapida.Recording.Conversations;
using Rapida.Recording.Database;

namespace Rapida.Recording.Journal;

/// <summary>An entry as it was told.</summary>
/// <param name="Attempt">The stream of the call, from 1.</param>
/// <param name="Sequence">Its place among all entries of the attempt; those that became turns or audio are missing here.</param>
/// <param name="OccurredAt">By the relay's clock.</param>
/// <param name="Kind">decision, inputs, tool_started or tool_finished.</param>
/// <param name="Body">In protobuf's JSON form.</param>
internal sealed record JournalEntryView(int Attempt, long Sequence, DateTimeOffset OccurredAt, string Kind, JsonElement Body);

/// <summary>What was decided in a conversation and from what, in order: enough to replay it. Read as it is sent, because a long call has a lot of it.</summary>
internal sealed class ReadJournal(RecordingDbContext db)
{
    /// <returns>Empty for a conversation that this project does not have.</returns>
    public IAsyncEnumerable<JournalEntryView> ExecuteAsync(ConversationKey conversation) => db.JournalRows.AsNoTracking()
        .Where(row => row.ProjectId == conversation.ProjectId && row.ConversationId == conversation.Id)
        .OrderBy(row => row.Attempt)
        .ThenBy(row => row.Sequence)
        .AsAsyncEnumerable()
        .Select(row => new JournalEntryView(row.Attempt, row.Sequence, row.OccurredAt, row.Kind, JsonElement.Parse(row.Body)));
}
