using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Database;

namespace Rapida.CallControl.Media;

/// <summary>
/// Older versions wrote the headers of tools in clear into media contexts. A call in progress keeps them, for it may go on in another stream; when it
/// is over they are wiped: at the start, and every ten minutes, because such a version may still run beside this one.
/// </summary>
internal sealed class WipeClearHeaders(IServiceScopeFactory scopes, TimeProvider clock, ILogger<WipeClearHeaders> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    private static readonly CallStatus[] Over = [.. Enum.GetValues<CallStatus>().Where(status => status.IsTerminal())];
    private const int BatchSize = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
                await WipeAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task WipeAsync(CancellationToken stoppingToken)
    {
        var (count, wiped) = (0, 0);
        try
        {
            do
                count += wiped = await WipeBatchAsync();
            while (wiped > 0 && !stoppingToken.IsCancellationRequested);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.HeadersNotWiped(exception.GetType().Name);
        }

        if (count > 0)
            logger.HeadersWiped(count);
    }

    // Not the service's token: a command that is cut off by its end is logged as an error, and this takes a moment only. Over all projects: nothing of a
    // row leaves it.
    private async Task<int> WipeBatchAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CallsDbContext>();
        var contexts = await (
            from context in db.MediaContexts
            join call in db.Calls on context.CallId equals call.Id
            where !context.HoldsNoHeaders && Over.Contains(call.Status)
            orderby context.Id
            select context).Take(BatchSize).ToListAsync(CancellationToken.None);
        foreach (var context in contexts)
        {
            var settings = context.ReadSettings();
            foreach (var tool in settings.Tools)
                tool.Headers.Clear();
            (context.Settings, context.HoldsNoHeaders) = (settings.ToByteArray(), true);
        }

        await db.SaveChangesAsync(CancellationToken.None);
        return contexts.Count;
    }
}
