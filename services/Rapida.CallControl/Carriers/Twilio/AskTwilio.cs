using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Database;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>
/// Asks Twilio about calls that have gone quiet, and tells it of those that shall end until they have. An inbound number sends no callback unless it was configured to, and callbacks get
/// lost: a call whose stream is over is asked for after 5 s, any other when it should long have ended.
/// </summary>
internal sealed class AskTwilio(IServiceScopeFactory scopes, TimeProvider clock, ILogger<AskTwilio> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Twilio knows the call and it is not over: no hurry.
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(30);
    private const int BatchSize = 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                foreach (var callId in await TakeDueAsync(stoppingToken))
                    await AskAsync(callId, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    // The update is the claim: another instance finds the next time in the future.
    private async Task<List<Guid>> TakeDueAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CallsDbContext>();
            var now = clock.GetUtcNow();
            return await db.Database.SqlQuery<Guid>($"""
                update calls set ask_twilio_at = {now + AskAgain} where id in (
                    select id from calls where ask_twilio_at <= {now} order by ask_twilio_at limit {BatchSize} for update skip locked)
                returning id as "Value"
                """).ToListAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.QuietCallsNotRead(exception.GetType().Name);
            return [];
        }
    }

    private async Task AskAsync(Guid callId, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CallsDbContext>();
            var asked = await db.Calls.AsNoTracking().SingleAsync(call => call.Id == callId, cancellationToken);
            var book = scope.ServiceProvider.GetRequiredService<TwilioBook>();
            var said = asked.HangUpReason is null ? await book.ReadAsync(asked, cancellationToken) : await book.EndAsync(asked, cancellationToken);

            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var call = await db.LockCallAsync(callId, cancellationToken);
            call.AnsweredBy ??= said.AnsweredBy;
            scope.ServiceProvider.GetRequiredService<MoveCall>().To(call, said.Status ?? call.Status, said.DurationSeconds);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.TwilioDidNotAnswer(callId, exception.GetType().Name);
        }
    }
}
