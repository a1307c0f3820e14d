using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Rapida.Gateway.Rates;

/// <summary>
/// Counts a request, in Redis while that answers in time. Inbound must go on without it: then each process counts for itself, and one request now and
/// then finds out whether Redis is back.
/// </summary>
internal sealed class CountRequest(CountInRedis shared, CountHere own, IOptions<RatesOptions> options, TimeProvider clock, ILogger<CountRequest> logger)
{
    // A timestamp; 0 while Redis answers.
    private long _askAgainAt;

    public async ValueTask<Verdict> ExecuteAsync(IReadOnlyList<Counted> counted)
    {
        var askAgainAt = Interlocked.Read(ref _askAgainAt);
        if (askAgainAt == 0 || IsTheOneToAsk(askAgainAt))
        {
            try
            {
                var verdict = await shared.ExecuteAsync(counted).WaitAsync(options.Value.RedisWithin, clock);
                // Only the one that was sent to find out: another's answer may be older than the outage.
                if (askAgainAt != 0 && Interlocked.Exchange(ref _askAgainAt, 0) != 0)
                    logger.RedisAnswersAgain();
                return verdict;
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException or OperationCanceledException or ObjectDisposedException)
            {
                if (Interlocked.Exchange(ref _askAgainAt, Later()) == 0)
                    logger.RedisDoesNotAnswer(exception.GetType().Name);
            }
        }

        GatewayMetrics.CountedHere.Add(1);
        return own.Execute(counted);
    }

    private bool IsTheOneToAsk(long askAgainAt) =>
        clock.GetTimestamp() >= askAgainAt && Interlocked.CompareExchange(ref _askAgainAt, Later(), askAgainAt) == askAgainAt;

    private long Later() => clock.GetTimestamp() + (long)(options.Value.AskAgainAfter.TotalSeconds * clock.TimestampFrequency);
}
