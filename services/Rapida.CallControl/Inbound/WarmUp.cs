using Grpc.Core;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.CallControl.Media;
using Rapida.Media.V1;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Privacy;

namespace Rapida.CallControl.Inbound;

/// <summary>
/// Goes the way of an inbound call once before the first caller does: Twilio gives a webhook 4 s, and the first connections, queries and
/// compilations of four services take their share of it. Not ready until it is done, or for 20 s at most.
/// </summary>
internal sealed class WarmUp(IServiceScopeFactory scopes, TimeProvider clock, ILogger<WarmUp> logger) : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500);
    private volatile bool _isDone;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isDone ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("It is still warming up."));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, patience.Token);
        while (!either.IsCancellationRequested)
        {
            try
            {
                await GoTheWayAsync(either.Token);
                break;
            }
            catch (OperationCanceledException) when (either.IsCancellationRequested)
            {
                break; // Ready all the same: a slow first call is better than none.
            }
            catch (Exception exception)
            {
                // A peer is still starting; only its last word is worth a line.
                logger.StillCold(exception.GetType().Name);
                await Task.Delay(Again, clock, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        _isDone = true;
    }

    private async Task GoTheWayAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var (nobody, nothing) = (Guid.NewGuid(), Guid.NewGuid());

        // A well-formed key that nobody has: it reaches Vault's database.
        await services.GetRequiredService<IApiKeys>().AuthenticateAsync(ApiKeyText.Generate().Reveal(), cancellationToken);
        await UnknownAsync(services.GetRequiredService<Deployments.V1.Deployments.DeploymentsClient>().ResolvePhoneCallAsync(
            new() { ProjectId = nobody.ToString(), AssistantId = "100000000000000" }, cancellationToken: cancellationToken).ResponseAsync);
        await UnknownAsync(services.GetRequiredService<TwilioAccounts>().SidAsync(nobody, nothing, cancellationToken));
        await UnknownAsync(services.GetRequiredService<TwilioAccounts>().TokenAsync(nobody, nothing, "warm-up", cancellationToken));
        TwilioSignature.IsValid(new SigningKey(new("nobody")), "https://example.com/", [], new string('A', TwilioSignature.Length));
        await WriteAndForgetAsync(services, nobody, cancellationToken);
    }

    private async Task WriteAndForgetAsync(IServiceProvider services, Guid nobody, CancellationToken cancellationToken)
    {
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var call = new Call
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            ProjectId = nobody,
            ConversationId = Guid.NewGuid(),
            AssistantId = "",
            Direction = "",
            CallSid = $"warm-up {nobody}",
            AccountSid = "",
            FromAddress = "",
            ToAddress = "",
            CreatedAt = clock.GetUtcNow(),
        };
        var context = services.GetRequiredService<OpenMediaContext>().Execute(call, new SessionSettings());
        await WriteInboundCall.TryAsync(connection, call, context, cancellationToken);
        await transaction.RollbackAsync(cancellationToken);
    }

    private static async Task UnknownAsync(Task question)
    {
        try
        {
            await question;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            // The expected answer: there is no such thing.
        }
    }
}
