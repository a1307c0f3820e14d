using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Database;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Rest.Api.V2010.Account;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>
/// Asks Twilio about calls that have gone quiet. An inbound number sends no callback unless it was configured to, and callbacks get
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
                    select id from calls where ask_twilio_at <= {now} limit {BatchSize} for update skip locked)
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
            var (status, duration) = await FetchAsync(scope.ServiceProvider, asked, cancellationToken);

            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var call = await db.LockCallAsync(callId, cancellationToken);
            scope.ServiceProvider.GetRequiredService<MoveCall>().To(call, status, duration);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.TwilioDidNotAnswer(callId, exception.GetType().Name);
        }
    }

    private static async Task<(CallStatus Status, int? DurationSeconds)> FetchAsync(
        IServiceProvider services, Call call, CancellationToken cancellationToken)
    {
        var token = await services.GetRequiredService<TwilioAccounts>()
            .TokenAsync(call.ProjectId, call.CredentialId, "ask-call-status", cancellationToken);
        var client = new TwilioRestClient(call.AccountSid, token.Reveal(), httpClient: services.GetRequiredService<TwilioHttp>());
        try
        {
            var fetched = await CallResource.FetchAsync(pathSid: call.CallSid, pathAccountSid: call.AccountSid, client: client);
            return (CallStatuses.Parse(fetched.Status.ToString()) ?? call.Status,
                int.TryParse(fetched.Duration, out var seconds) ? seconds : null);
        }
        catch (ApiException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            // Deleted on Twilio's side, or never there: nothing more will be heard of it.
            return (CallStatus.Failed, null);
        }
    }
}
