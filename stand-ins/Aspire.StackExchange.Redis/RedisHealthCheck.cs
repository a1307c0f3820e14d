using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis;

/// <summary>Pings the database and every server.</summary>
/// <param name="connect">Resolved inside the check, because connecting may fail and that is the answer.</param>
internal sealed class RedisHealthCheck(Func<IConnectionMultiplexer> connect) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            var connection = connect();
            await connection.GetDatabase().PingAsync().WaitAsync(cancellationToken);
            foreach (var endpoint in connection.GetEndPoints(configuredOnly: true))
                await connection.GetServer(endpoint).PingAsync().WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception.Message, exception);
        }
    }
}
