using MassTransit;
using Rapida.Contracts.Events;
using StackExchange.Redis;

namespace Rapida.CallControl.Capacity;

/// <summary>A call has ended: its place is another's. If this is lost, the lease runs out.</summary>
internal sealed class FreePlace(IConnectionMultiplexer redis, ILogger<FreePlace> logger) : IConsumer<CallEnded>
{
    public async Task Consume(ConsumeContext<CallEnded> context)
    {
        try
        {
            await redis.GetDatabase()
                .SortedSetRemoveAsync(TakePlace.PlacesOf(context.Message.ProjectId), context.Message.AggregateId.ToString())
                .WaitAsync(context.CancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            logger.PlaceNotFreed(exception.GetType().Name);
        }
    }
}
