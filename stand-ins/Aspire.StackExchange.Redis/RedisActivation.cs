using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis;

/// <summary>Connects at the host's start, so that no request has to wait for it.</summary>
internal sealed class RedisActivation(Func<IConnectionMultiplexer> connect) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        connect();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
