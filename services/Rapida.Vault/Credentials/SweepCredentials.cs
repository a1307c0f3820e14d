using Microsoft.EntityFrameworkCore;
using Rapida.Vault.Encryption;

namespace Rapida.Vault.Credentials;

/// <summary>
/// Once a minute: wipes previous secrets whose grace is over, and notes the names of secret fields in rows that an older version wrote.
/// </summary>
internal sealed class SweepCredentials(
    IServiceScopeFactory scopes, EnvelopeEncryption encryption, TimeProvider clock, ILogger<SweepCredentials> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private const int BatchSize = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
                await SweepAsync();
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task SweepAsync()
    {
        try
        {
            // Not the service's token: a transaction that is cut off by its end is logged as an error, and this takes a moment only.
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<VaultDbContext>();
            await WipePreviousAsync(db, CancellationToken.None);
            await NoteNamesAsync(db, CancellationToken.None);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.CredentialsNotSwept(exception.GetType().Name);
        }
    }

    // Over all projects, as the next: nothing of a row leaves it.
    private async Task WipePreviousAsync(VaultDbContext db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var wiped = await db.Database.ExecuteSqlAsync(
            $"""
            update credentials set previous_until = null, previous_secret_fields_ring_key_id = null,
                previous_secret_fields_wrapped_key = null, previous_secret_fields_ciphertext = null
            where previous_until <= {now}
            """, cancellationToken);
        if (wiped > 0)
            logger.PreviousSecretsWiped(wiped);
    }

    private async Task NoteNamesAsync(VaultDbContext db, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var credential in await db.LockCredentialsAsync(
                     $"secret_field_names is null and deleted_at is null limit {BatchSize} for update skip locked", cancellationToken))
        {
            try
            {
                credential.NoteSecretFieldNames(encryption);
            }
            catch (EnvelopeException exception)
            {
                logger.CredentialDoesNotOpen(credential.Id, exception.Message);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
