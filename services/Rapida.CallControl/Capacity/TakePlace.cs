using System.Globalization;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Rapida.CallControl.Capacity;

/// <summary>Whether there is room for one more call.</summary>
internal enum Room
{
    Enough,

    /// <summary>As many calls are held as may.</summary>
    NoPlace,

    /// <summary>Too many have begun just now.</summary>
    TooFast,
}

/// <summary>
/// Takes a place for a call. Places are leases in Redis, so that all instances count together and a crash frees what it held. Redis decides nothing that
/// must happen once: without it every inbound call is let in, outbound ones wait, and <see cref="KeepPlaces"/> puts back what it has lost.
/// </summary>
internal sealed class TakePlace(IConnectionMultiplexer redis, IOptions<CapacityOptions> options, TimeProvider clock, ILogger<TakePlace> logger)
{
    // Microseconds, by Redis's clock. A place in each of several allowances, or in none; a call that has its place begins once and keeps it. KEYS: places
    // and beginnings of each. ARGV: call, lease; and of each: places, interval, burst.
    private const string Script = """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local lease = tonumber(ARGV[2])
        local full = {}
        for i = 1, #KEYS / 2 do
          local interval = tonumber(ARGV[3 * i + 1])
          redis.call('ZREMRANGEBYSCORE', KEYS[2 * i - 1], '-inf', now)
          if not redis.call('ZSCORE', KEYS[2 * i - 1], ARGV[1]) then
            if redis.call('ZCARD', KEYS[2 * i - 1]) >= tonumber(ARGV[3 * i]) then return 1 end
            full[i] = math.max(now, tonumber(redis.call('GET', KEYS[2 * i]) or 0)) + interval
            if full[i] - now > interval * tonumber(ARGV[3 * i + 2]) then return 2 end
          end
        end
        for i = 1, #KEYS / 2 do
          if full[i] then redis.call('SET', KEYS[2 * i], string.format('%.0f', full[i]), 'PX', math.ceil((full[i] - now) / 1000)) end
          redis.call('ZADD', KEYS[2 * i - 1], string.format('%.0f', now + lease), ARGV[1])
          redis.call('PEXPIRE', KEYS[2 * i - 1], math.ceil(lease / 1000))
        end
        return 0
        """;

    private int _isAway;

    /// <summary>Redis did not answer when it was last asked.</summary>
    public bool IsRedisAway => Volatile.Read(ref _isAway) != 0;

    /// <summary>Somebody rings: without Redis there is room.</summary>
    public async Task<Room> ForInboundAsync(Guid projectId, Guid callId) =>
        await TryAsync(callId, options.Value.RedisWithin, (Project(projectId), options.Value.Of(projectId))) ?? Room.Enough;

    /// <summary>A call is to be dialled: without Redis it waits. Both its project and its number must have room.</summary>
    public async Task<Room> ForDialAsync(Guid projectId, Guid numberId, Guid callId, Allowance ofNumber) =>
        await TryAsync(callId, DialWithin, (Project(projectId), options.Value.Of(projectId)), (Number(projectId, numberId), ofNumber)) ?? Room.NoPlace;

    /// <summary>The sorted set of a project's calls, by the moment in microseconds at which their places are free again.</summary>
    public static RedisKey PlacesOf(Guid projectId) => $"calls:places:{Project(projectId)}";

    /// <summary>The same for the calls that a number of the project has placed.</summary>
    public static RedisKey PlacesOf(Guid projectId, Guid numberId) => $"calls:places:{Number(projectId, numberId)}";

    // Nobody hears it wait.
    private static readonly TimeSpan DialWithin = TimeSpan.FromSeconds(2);

    // In braces: what a script touches is on one node of a cluster.
    private static string Project(Guid projectId) => $"{{{projectId}}}";

    private static string Number(Guid projectId, Guid numberId) => $"{{{projectId}}}:{numberId}";

    private async Task<Room?> TryAsync(Guid callId, TimeSpan within, params (string Holder, Allowance Allowance)[] lots)
    {
        try
        {
            RedisKey[] keys = [.. lots.SelectMany(lot => new RedisKey[] { $"calls:places:{lot.Holder}", $"calls:began:{lot.Holder}" })];
            RedisValue[] values =
            [
                callId.ToString(), Microseconds(options.Value.Lease),
                .. lots.SelectMany(lot => new RedisValue[]
                {
                    lot.Allowance.ConcurrentCalls, Microseconds(TimeSpan.FromSeconds(1 / lot.Allowance.CallsPerSecond)), lot.Allowance.Burst,
                }),
            ];
            var answer = await redis.GetDatabase().ScriptEvaluateAsync(Script, keys, values).WaitAsync(within, clock);
            if (Interlocked.Exchange(ref _isAway, 0) != 0)
                logger.RedisAnswersAgain();
            return (Room)(int)answer;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or OperationCanceledException or ObjectDisposedException)
        {
            if (Interlocked.Exchange(ref _isAway, 1) == 0)
                logger.RedisDoesNotAnswer(exception.GetType().Name);
            return null;
        }
    }

    private static RedisValue Microseconds(TimeSpan time) => time.TotalMicroseconds.ToString("F0", CultureInfo.InvariantCulture);
}
