using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rapida.Recording.Conversations;
using Rapida.Recording.Database;

namespace Rapida.Recording.Journal;

/// <summary>An entry as it was told.</summary>
internal sealed record JournalEntryView(
    [property: Description("The stream of the call, from 1.")] int Attempt,
    [property: Description("Its place among all entries of the attempt; those that became turns or audio are missing here.")] long Sequence,
    [property: Description("By the relay's clock.")] DateTimeOffset OccurredAt,
    [property: AllowedValues("decision", "inputs", "tool_started", "tool_finished")] string Kind,
    [property: Description("In protobuf's JSON form: its names are in camelCase.")] JsonElement Body);

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
