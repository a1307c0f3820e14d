using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rapida.Contracts.Events;

namespace Rapida.Events.Outbox;

/// <summary>An event that waits in the database of its producer, written in the transaction that made it true.</summary>
public sealed class OutboxMessage
{
    private OutboxMessage()
    {
    }

    /// <summary>The message id on the broker. Version 7: the order of making.</summary>
    public Guid Id { get; private init; }

    /// <summary>The event's URN, such as <c>rapida:call-ended:v1</c>.</summary>
    public string Type { get; private init; } = "";

    /// <summary>The event as JSON.</summary>
    public string Body { get; private init; } = "";

    /// <summary>W3C trace context of the transaction, so that the trace goes on behind the broker.</summary>
    public string? TraceParent { get; private init; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    internal static OutboxMessage Of(IBusinessEvent fact) => new()
    {
        Id = Guid.CreateVersion7(fact.OccurredAt),
        Type = EventCatalogue.UrnOf(fact.GetType()),
        Body = JsonSerializer.Serialize(fact, fact.GetType(), EventCatalogue.Json),
        TraceParent = Activity.Current?.Id,
        CreatedAt = fact.OccurredAt,
    };
}

/// <summary>Announces events through a service's own database.</summary>
public static class Outbox
{
    /// <summary>Adds an event to the transaction under way. It is published when, and only when, that is committed.</summary>
    public static void Announce(this DbSet<OutboxMessage> outbox, IBusinessEvent fact) => outbox.Add(OutboxMessage.Of(fact));

    /// <summary>Maps the tables <c>outbox</c> and <c>inbox</c> of a service's database.</summary>
    public static void MapEvents(this ModelBuilder model)
    {
        model.Entity<OutboxMessage>(message =>
        {
            message.ToTable("outbox");
            message.Property(row => row.Type).HasMaxLength(100);
            message.Property(row => row.Body).HasColumnType("jsonb");
            message.Property(row => row.TraceParent).HasColumnName("traceparent").HasMaxLength(60);
        });
        model.Entity<Inbox.InboxMessage>(message =>
        {
            message.ToTable("inbox");
            message.HasKey(row => new { row.MessageId, row.Consumer });
            message.Property(row => row.Consumer).HasMaxLength(100);
            message.HasIndex(row => row.ReceivedAt);
        });
    }
}
