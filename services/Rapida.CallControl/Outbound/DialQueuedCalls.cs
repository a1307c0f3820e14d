using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rapida.CallControl.Capacity;
using Rapida.CallControl.Database;

namespace Rapida.CallControl.Outbound;

/// <summary>
/// Goes round the queue: one call of each project in a round, so that nobody's thousand stand before another's one. Any number of instances
/// do so at once: places are counted in Redis, and the update is the claim. Without Redis calls wait.
/// </summary>
internal sealed class DialQueuedCalls(
    IServiceScopeFactory scopes, TakePlace takePlace, DialBell bell, IOptions<OutboundOptions> options, TimeProvider clock, ILogger<DialQueuedCalls> logger)
    : BackgroundService
{
    // What another instance has queued, and places that have become free.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _lines = new(options.Value.MaxDialling);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                if (options.Value.IsPaused || !await RoundAsync(stoppingToken))
                    await bell.WaitAsync(LookAgain, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }

        // What has been sent is worth its answer: a dial that is given up has to be found out about.
        for (var i = 0; i < options.Value.MaxDialling; i++)
            await _lines.WaitAsync(CancellationToken.None);
    }

    /// <summary>Whether anything was dialled.</summary>
    private async Task<bool> RoundAsync(CancellationToken cancellationToken)
    {
        var dialled = false;
        foreach (var project in await HeadsAsync(cancellationToken))
        {
            foreach (var head in project)
            {
                await _lines.WaitAsync(cancellationToken);
                if (await takePlace.ForDialAsync(head.ProjectId, head.NumberId, head.CallId, options.Value.Number) != Room.Enough)
                {
                    _lines.Release();
                    continue;
                }

                _ = DialAsync(head);
                dialled = true;
                break;
            }
        }

        return dialled;
    }

    // The first call of each number that may be dialled now, by project; projects in no order, so that none is always last.
    private async Task<List<IGrouping<Guid, Head>>> HeadsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CallsDbContext>();
            var heads = await db.Database.SqlQuery<Head>($"""
                select distinct on (project_id, number_id) project_id as "ProjectId", number_id as "NumberId", call_id as "CallId"
                from dials
                where state = 'Waiting' and not_before <= {clock.GetUtcNow()}
                  and not exists (select from dials busy where busy.line_id = dials.line_id and busy.state in ('Dialling', 'Unknown'))
                order by project_id, number_id, call_id
                """).ToListAsync(cancellationToken);
            var projects = heads.GroupBy(head => head.ProjectId).ToArray();
            Random.Shared.Shuffle(projects);
            return [.. projects];
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.QueueNotRead(exception.GetType().Name);
            return [];
        }
    }

    private async Task DialAsync(Head head)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<DialCall>().ExecuteAsync(head.CallId);
        }
        catch (Exception exception)
        {
            // If it was claimed, SettleDials finds it.
            logger.DialBroke(head.CallId, exception.GetType().Name);
        }
        finally
        {
            _lines.Release();
            bell.Ring();
        }
    }

    public override void Dispose()
    {
        _lines.Dispose();
        base.Dispose();
    }

    private sealed record Head(Guid ProjectId, Guid NumberId, Guid CallId);
}
