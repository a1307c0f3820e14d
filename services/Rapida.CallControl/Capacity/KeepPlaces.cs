using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Database;
using StackExchange.Redis;

namespace Rapida.CallControl.Capacity;

/// <summary>Tells Redis again and again which calls are open. What it has lost is there again, and what a crash has left behind runs out.</summary>
internal sealed class KeepPlaces(
    IServiceScopeFactory scopes, IConnectionMultiplexer redis, IOptions<CapacityOptions> options, TimeProvider clock, ILogger<KeepPlaces> logger)
    : BackgroundService
{
    // KEYS: places. ARGV: lease in microseconds, and the calls.
    private const string Script = """
        local time = redis.call('TIME')
        local till = string.format('%.0f', time[1] * 1000000 + time[2] + tonumber(ARGV[1]))
        for i = 2, #ARGV do redis.call('ZADD', KEYS[1], till, ARGV[i]) end
        redis.call('PEXPIRE', KEYS[1], math.ceil(tonumber(ARGV[1]) / 1000))
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Lease / 3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await KeepAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        try
        {
            var lease = options.Value.Lease.TotalMicroseconds.ToString("F0", CultureInfo.InvariantCulture);
            foreach (var project in await OpenCallsAsync(cancellationToken))
                await redis.GetDatabase()
                    .ScriptEvaluateAsync(Script, [TakePlace.PlacesOf(project.Key)], [lease, .. project.Select(id => (RedisValue)id.ToString())])
                    .WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.PlacesNotKept(exception.GetType().Name);
        }
    }

    private async Task<List<IGrouping<Guid, Guid>>> OpenCallsAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var open = await scope.ServiceProvider.GetRequiredService<CallsDbContext>().Calls.AsNoTracking()
            // An index holds these.
            .Where(call => call.AskTwilioAt != null && call.FailureCode != FailureCodes.NoPlace && call.FailureCode != FailureCodes.TooFast)
            .Select(call => new { call.ProjectId, call.Id })
            .ToListAsync(cancellationToken);
        return [.. open.GroupBy(call => call.ProjectId, call => call.Id)];
    }
}
