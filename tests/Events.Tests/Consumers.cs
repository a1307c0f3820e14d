using MassTransit;
using Rapida.Contracts.Events;
using Rapida.Events.Inbox;

namespace Events.Tests;

/// <summary>Counts every ended call once.</summary>
internal sealed class CountCall(FactsDbContext db, Ears ears, TimeProvider clock) : IConsumer<CallEnded>
{
    public async Task Consume(ConsumeContext<CallEnded> context)
    {
        if (context.Message.ProjectId != ears.Project)
            return;

        var heard = Heard.Of(context);
        ears.Deliveries.Enqueue(heard);
        await ears.OnDelivery(heard);
        await db.OnceAsync(context, nameof(CountCall), clock.GetUtcNow(), async () =>
        {
            db.CountedCalls.Add(new() { ProjectId = context.Message.ProjectId, Sequence = context.Message.Sequence });
            await db.SaveChangesAsync(context.CancellationToken);
            ears.InTransaction(heard);
        });
        ears.Note(heard);
    }
}

/// <summary>Hears what is broadcast.</summary>
internal sealed class HearRevocation(Ears ears) : IConsumer<ApiKeyRevoked>
{
    public Task Consume(ConsumeContext<ApiKeyRevoked> context)
    {
        if (context.Message.ProjectId == ears.Project)
            ears.Note(Heard.Of(context));
        return Task.CompletedTask;
    }
}
