using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Database;
using Rapida.CallControl.Outbound;
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
            foreach (var places in await OpenCallsAsync(cancellationToken))
                await redis.GetDatabase()
                    .ScriptEvaluateAsync(Script, [places.Key], [lease, .. places.Select(id => (RedisValue)id.ToString())])
                    .WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.PlacesNotKept(exception.GetType().Name);
        }
    }

    // By project, and by number too where we have placed them.
    private async Task<List<IGrouping<RedisKey, Guid>>> OpenCallsAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CallsDbContext>();
        var open = await db.Calls.AsNoTracking()
            // An index holds these.
            .Where(call => call.AskTwilioAt != null && call.FailureCode != FailureCodes.NoPlace && call.FailureCode != FailureCodes.TooFast)
            .Select(call => new { call.ProjectId, call.Id, Number = db.Dials.Where(dial => dial.CallId == call.Id).Select(dial => (Guid?)dial.NumberId).FirstOrDefault() })
            .ToListAsync(cancellationToken);
        var dialled = await db.Dials.AsNoTracking()
            .Where(dial => dial.State == DialState.Dialling || dial.State == DialState.Unknown)
            .Select(dial => new { dial.ProjectId, Id = dial.CallId, Number = (Guid?)dial.NumberId })
            .ToListAsync(cancellationToken);
        return [.. open.Concat(dialled)
            .SelectMany(call => call.Number is { } number
                ? new[] { (Key: TakePlace.PlacesOf(call.ProjectId), call.Id), (Key: TakePlace.PlacesOf(call.ProjectId, number), call.Id) }
                : [(Key: TakePlace.PlacesOf(call.ProjectId), call.Id)])
            .GroupBy(place => place.Key, place => place.Id)];
    }
}
