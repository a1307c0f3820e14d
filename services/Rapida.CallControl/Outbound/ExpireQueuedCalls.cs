using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Capacity;
using Rapida.CallControl.Database;

namespace Rapida.CallControl.Outbound;

/// <summary>Ends calls that have waited to be dialled for longer than they may. They need no place for that, and end while dialling stands still too.</summary>
internal sealed class ExpireQueuedCalls(
    IServiceScopeFactory scopes, TakePlace takePlace, IOptions<OutboundOptions> options, TimeProvider clock, ILogger<ExpireQueuedCalls> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private const int BatchSize = 100;

    // Ids are UUID v7: those below one of that moment are older. The lock is the claim, and is taken of the call first, as everywhere.
    private const string Late = $$"""
        {{WaitingNumbers.Cte}}
        select calls.* from numbers cross join lateral (
            select call_id from dials
            where state = 'Waiting' and project_id = numbers.project_id and number_id = numbers.number_id and call_id < {0}
            order by call_id limit {2}) late
        join calls on calls.id = late.call_id and calls.created_at < {1}
        limit {2} for update of calls skip locked
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                while (await ExpireAsync(stoppingToken) == BatchSize)
                {
                }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>How many were looked at.</summary>
    private async Task<int> ExpireAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CallsDbContext>();
            var moveCall = scope.ServiceProvider.GetRequiredService<MoveCall>();
            var now = clock.GetUtcNow();
            var before = now - options.Value.GiveUpAfter;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var calls = await db.Calls.FromSqlRaw(Late, Guid.CreateVersion7(before), before, BatchSize).ToDictionaryAsync(call => call.Id, cancellationToken);
            if (calls.Count == 0)
                return 0;

            // Read again now that the calls are locked: one may have been claimed or taken back in between.
            foreach (var dial in await db.Dials.Where(dial => calls.Keys.Contains(dial.CallId) && dial.State == DialState.Waiting).ToListAsync(cancellationToken))
            {
                var call = calls[dial.CallId];
                (dial.State, dial.Settings) = (DialState.Settled, null);
                call.FailureCode = options.Value.IsPaused || takePlace.IsRedisAway ? FailureCodes.DiallingStopped : FailureCodes.QueueExpired;
                moveCall.To(call, CallStatus.Failed);
                db.Events.Add(CallEvent.New(call, "dial", "expired", "dial.expired", null, now));
            }

            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return calls.Count;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.LateCallsNotEnded(exception.GetType().Name);
            return 0;
        }
    }
}
