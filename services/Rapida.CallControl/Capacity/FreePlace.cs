using MassTransit;
using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Database;
using Rapida.Contracts.Events;
using StackExchange.Redis;

namespace Rapida.CallControl.Capacity;

/// <summary>A call's place is another's. If this is lost, the lease runs out.</summary>
internal sealed class FreePlace(CallsDbContext db, IConnectionMultiplexer redis, ILogger<FreePlace> logger)
{
    public async Task ExecuteAsync(Guid projectId, Guid callId, CancellationToken cancellationToken)
    {
        var number = await db.Dials.Where(dial => dial.ProjectId == projectId && dial.CallId == callId)
            .Select(dial => (Guid?)dial.NumberId).SingleOrDefaultAsync(cancellationToken);
        try
        {
            var cache = redis.GetDatabase();
            await cache.SortedSetRemoveAsync(TakePlace.PlacesOf(projectId), callId.ToString()).WaitAsync(cancellationToken);
            if (number is not null)
                await cache.SortedSetRemoveAsync(TakePlace.PlacesOf(projectId, number.Value), callId.ToString()).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            logger.PlaceNotFreed(exception.GetType().Name);
        }
    }
}

/// <summary>A call has ended.</summary>
internal sealed class FreeEndedPlace(FreePlace free) : IConsumer<CallEnded>
{
    public Task Consume(ConsumeContext<CallEnded> context) =>
        free.ExecuteAsync(context.Message.ProjectId, context.Message.AggregateId, context.CancellationToken);
}
