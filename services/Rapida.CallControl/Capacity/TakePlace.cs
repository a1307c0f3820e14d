using System.Globalization;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Rapida.CallControl.Capacity;

/// <summary>Whether a project has room for one more call.</summary>
internal enum Room
{
    Enough,

    /// <summary>It holds as many calls as it may.</summary>
    NoPlace,

    /// <summary>Too many have begun just now.</summary>
    TooFast,
}

/// <summary>
/// Takes a place for a call. Places are leases in Redis, so that all instances count together and a crash frees what it held. Redis decides nothing that
/// must happen once: without it every inbound call is let in, and <see cref="KeepPlaces"/> puts back what it has lost.
/// </summary>
internal sealed class TakePlace(IConnectionMultiplexer redis, IOptions<CapacityOptions> options, TimeProvider clock, ILogger<TakePlace> logger)
{
    // Microseconds, by Redis's clock. KEYS: places, beginnings. ARGV: call, places, lease, interval, burst.
    private const string Script = """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local lease, interval = tonumber(ARGV[3]), tonumber(ARGV[4])
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
        if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 1 end
        local full = math.max(now, tonumber(redis.call('GET', KEYS[2]) or 0)) + interval
        if full - now > interval * tonumber(ARGV[5]) then return 2 end
        redis.call('SET', KEYS[2], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
        redis.call('ZADD', KEYS[1], string.format('%.0f', now + lease), ARGV[1])
        redis.call('PEXPIRE', KEYS[1], math.ceil(lease / 1000))
        return 0
        """;

    private int _isAway;

    public async Task<Room> ExecuteAsync(Guid projectId, Guid callId)
    {
        var (capacity, lease) = (options.Value.Of(projectId), options.Value.Lease);
        try
        {
            var answer = await redis.GetDatabase().ScriptEvaluateAsync(
                Script,
                [PlacesOf(projectId), $"calls:began:{projectId}"],
                [
                    callId.ToString(), capacity.ConcurrentCalls, Microseconds(lease), Microseconds(TimeSpan.FromSeconds(1 / capacity.CallsPerSecond)), capacity.Burst,
                ]).WaitAsync(options.Value.RedisWithin, clock);
            if (Interlocked.Exchange(ref _isAway, 0) != 0)
                logger.RedisAnswersAgain();
            return (Room)(int)answer;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or OperationCanceledException or ObjectDisposedException)
        {
            if (Interlocked.Exchange(ref _isAway, 1) == 0)
                logger.RedisDoesNotAnswer(exception.GetType().Name);
            return Room.Enough;
        }
    }

    /// <summary>The sorted set of a project's calls, by the moment in microseconds at which their places are free again.</summary>
    public static RedisKey PlacesOf(Guid projectId) => $"calls:places:{projectId}";

    private static RedisValue Microseconds(TimeSpan time) => time.TotalMicroseconds.ToString("F0", CultureInfo.InvariantCulture);
}
