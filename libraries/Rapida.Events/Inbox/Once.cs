using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Rapida.Events.Inbox;

/// <summary>Deals with a message once, however often it is delivered.</summary>
public static class Once
{
    /// <summary>
    /// Runs <paramref name="handle"/>, saves and commits in one transaction with the note that the message was dealt with. A message that
    /// was dealt with before is passed over.
    /// </summary>
    public static async Task OnceAsync(this DbContext db, ConsumeContext message, string consumer, DateTimeOffset now, Func<Task> handle)
    {
        var cancellationToken = message.CancellationToken;
        var messageId = message.MessageId ?? throw new InvalidOperationException("A message without an id cannot be told from its repetition.");

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // A second delivery at the same moment waits here for the first one's commit, and then finds the row.
        var isNew = await db.Database.ExecuteSqlAsync(
            $"insert into inbox (message_id, consumer, received_at) values ({messageId}, {consumer}, {now}) on conflict do nothing",
            cancellationToken);
        if (isNew == 0)
            return;

        await handle();
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
