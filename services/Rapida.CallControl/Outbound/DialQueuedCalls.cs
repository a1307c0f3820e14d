using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rapida.CallControl.Capacity;
using Rapida.CallControl.Database;

namespace Rapida.CallControl.Outbound;

/// <summary>
/// Goes round the queue: one call of each project in a round, of any of its numbers, so that nobody's thousand stand before another's one. Any number of
/// instances do so at once: places are counted in Redis, and the update is the claim. Without Redis calls wait.
/// </summary>
internal sealed class DialQueuedCalls(
    IServiceScopeFactory scopes, TakePlace takePlace, DialBell bell, IOptions<OutboundOptions> options, TimeProvider clock, ILogger<DialQueuedCalls> logger)
    : BackgroundService
{
    // What another instance has queued, and places that have become free.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    // The first call of each number that may be dialled now and is not too late: ids are UUID v7, and those above one of that moment are younger.
    private const string Heads = $$"""
        {{WaitingNumbers.Cte}}
        select numbers.project_id as "ProjectId", numbers.number_id as "NumberId", head.call_id as "CallId", head.line_id as "LineId"
        from numbers cross join lateral (
            select call_id, line_id from dials
            where state = 'Waiting' and project_id = numbers.project_id and number_id = numbers.number_id and call_id > {0}
              and not_before <= {1} and line_id <> all({2})
              and not exists (select from dials busy where busy.line_id = dials.line_id and busy.state in ('Dialling', 'Unknown'))
            order by call_id limit 1) head
        """;

    private readonly SemaphoreSlim _lines = new(options.Value.MaxDialling);

    // The lines of the calls that this instance has in hand: until one's claim is committed the table shows it as waiting. At most MaxDialling.
    private readonly ConcurrentDictionary<Guid, Guid> _inHand = new();

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

                _inHand[head.LineId] = head.CallId;
                _ = DialAsync(head);
                dialled = true;
                break;
            }
        }

        return dialled;
    }

    // By project; both they and the numbers of each in no order, so that none is always last.
    private async Task<List<IGrouping<Guid, Head>>> HeadsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CallsDbContext>();
            var now = clock.GetUtcNow();
            var heads = await db.Database
                .SqlQueryRaw<Head>(Heads, Guid.CreateVersion7(now - options.Value.GiveUpAfter), now, _inHand.Keys.ToArray())
                .ToArrayAsync(cancellationToken);
            Random.Shared.Shuffle(heads);
            return [.. heads.GroupBy(head => head.ProjectId)];
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
            _inHand.TryRemove(head.LineId, out _);
            _lines.Release();
            bell.Ring();
        }
    }

    public override void Dispose()
    {
        _lines.Dispose();
        base.Dispose();
    }

    private sealed record Head(Guid ProjectId, Guid NumberId, Guid CallId, Guid LineId);
}
