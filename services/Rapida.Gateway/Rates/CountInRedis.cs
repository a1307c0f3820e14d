using System.Globalization;
using StackExchange.Redis;

namespace Rapida.Gateway.Rates;

/// <summary>
/// Counts for all gateways, by the generic cell rate algorithm: each key holds the moment at which all of its burst will be there again, and a request
/// puts it off by one interval. By Redis's clock, so that no gateway's own matters; in one script, so that none comes in between. Whoever is refused
/// has taken nothing.
/// </summary>
internal sealed class CountInRedis(IConnectionMultiplexer redis)
{
    // Microseconds. KEYS: what is counted. ARGV: interval and burst of each. Answers {which is refused or 0, wait, left of each …}.
    private const string Script = """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local answer = {0, 0}
        local full = {}
        for i, key in ipairs(KEYS) do
          local interval, burst = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
          local before = math.max(now, tonumber(redis.call('GET', key) or 0))
          full[i] = before + interval
          local wait = full[i] - now - interval * burst
          if wait > answer[2] then answer[1] = i; answer[2] = wait end
          answer[2 + i] = math.floor((interval * burst - (before - now)) / interval + 0.000001)
        end
        if answer[1] > 0 then return answer end
        for i, key in ipairs(KEYS) do
          redis.call('SET', key, string.format('%.0f', full[i]), 'PX', math.ceil((full[i] - now) / 1000))
          answer[2 + i] = answer[2 + i] - 1
        end
        return answer
        """;

    public async Task<Verdict> ExecuteAsync(IReadOnlyList<Counted> counted)
    {
        var keys = new RedisKey[counted.Count];
        var values = new RedisValue[counted.Count * 2];
        foreach (var (i, one) in counted.Index())
        {
            keys[i] = one.Id;
            values[2 * i] = one.Rate.Interval.TotalMicroseconds.ToString("F0", CultureInfo.InvariantCulture);
            values[2 * i + 1] = one.Rate.Burst;
        }

        var answer = (long[])(await redis.GetDatabase().ScriptEvaluateAsync(Script, keys, values))!;
        var left = answer[2..];
        return answer[0] == 0 ? new(left) : new(left, counted[(int)answer[0] - 1], TimeSpan.FromMicroseconds(answer[1]));
    }
}
