using System.Threading.RateLimiting;

namespace Rapida.Gateway.Rates;

/// <summary>Counts for this process alone, at the same rates, while Redis does not. What has been idle is forgotten.</summary>
internal sealed class CountHere : IAsyncDisposable
{
    private readonly PartitionedRateLimiter<Counted> _limiter = PartitionedRateLimiter.Create<Counted, string>(
        counted => RateLimitPartition.GetTokenBucketLimiter(counted.Id, _ => new()
        {
            TokenLimit = counted.Rate.Burst,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = counted.Rate.Interval,
        }),
        StringComparer.Ordinal);

    public Verdict Execute(IReadOnlyList<Counted> counted)
    {
        foreach (var one in counted)
        {
            using var lease = _limiter.AttemptAcquire(one);
            if (!lease.IsAcquired)
                return new(Left(counted), one, lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : one.Rate.Interval);
        }

        return new(Left(counted));
    }

    public ValueTask DisposeAsync() => _limiter.DisposeAsync();

    private long[] Left(IReadOnlyList<Counted> counted) =>
        [.. counted.Select(one => _limiter.GetStatistics(one)?.CurrentAvailablePermits ?? one.Rate.Burst)];
}
