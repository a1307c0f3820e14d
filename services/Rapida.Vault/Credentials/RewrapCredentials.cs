using Microsoft.EntityFrameworkCore;
using Rapida.Vault.Encryption;

namespace Rapida.Vault.Credentials;

/// <summary>
/// After the ring's active key has changed: wraps every envelope with the new one, while reveals go on. Row by row, in batches of its own
/// transactions, so that any instance may stop in between and any number may work at once. Looks again when another key
/// becomes the active one, and every minute, for what an instance with the old settings still writes.
/// </summary>
internal sealed class RewrapCredentials(
    IServiceScopeFactory scopes, KeyRing ring, EnvelopeEncryption encryption, TimeProvider clock, ILogger<RewrapCredentials> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // Few enough that nobody who rotates a credential waits for long.
    private const int BatchSize = 50;

    /// <summary>A service whose ring cannot open what is stored must not start: it would answer every call with an error.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var needed = await scope.ServiceProvider.GetRequiredService<VaultDbContext>().Database
            .SqlQuery<NeededKey>($"""
                select id as "Id", count(*) as "Rows" from (
                    select secret_fields_ring_key_id as id from credentials where deleted_at is null
                    union all
                    select previous_secret_fields_ring_key_id from credentials
                        where deleted_at is null and previous_secret_fields_ring_key_id is not null) needed
                group by id order by id
                """)
            .ToListAsync(cancellationToken);
        var missing = needed.Where(key => !ring.TryGet(key.Id, out _)).ToList();
        if (missing.Count > 0)
            throw new InvalidOperationException(
                $"{KeyRing.Section} lacks keys that stored credentials need: " +
                string.Join(", ", missing.Select(key => $"{key.Id} ({key.Rows} {(key.Rows == 1 ? "row" : "rows")})")) +
                $". Set {KeyRing.Section}:Keys:<id> or {KeyRing.Section}:KeyFiles:<id> to the keys that once had these ids.");

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var changed = ring.Changed;
                await RewrapAsync(stoppingToken);
                await Task.WhenAny(changed, Task.Delay(Interval, clock, stoppingToken));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task RewrapAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (envelopes, failed, last) = (0, 0, (Guid?)Guid.Empty);
            while (last is { } after)
            {
                cancellationToken.ThrowIfCancellationRequested();
                // Not the service's token: a transaction that is cut off by its end is logged as an error, and a batch takes a moment only.
                (var rewrapped, var unopened, last) = await RewrapBatchAsync(after, CancellationToken.None);
                (envelopes, failed) = (envelopes + rewrapped, failed + unopened);
            }

            var left = await CountLeftAsync(CancellationToken.None);
            VaultMetrics.EnvelopesToRewrap.Record(left);
            if (envelopes + failed > 0)
                logger.EnvelopesRewrapped(envelopes, ring.Active.Id, failed, left);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.EnvelopesNotRewrapped(exception.GetType().Name);
        }
    }

    private async Task<(int Rewrapped, int Unopened, Guid? Last)> RewrapBatchAsync(Guid after, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VaultDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Over all projects: nothing of a row leaves it. What another instance holds, it wraps; what a rotation holds gets the active key.
        var rows = await db.LockCredentialsAsync(
            $"""
            id > {after} and deleted_at is null
                and (secret_fields_ring_key_id <> {ring.Active.Id} or previous_secret_fields_ring_key_id <> {ring.Active.Id})
            order by id limit {BatchSize} for update skip locked
            """, cancellationToken);
        var (rewrapped, unopened) = (0, 0);
        foreach (var credential in rows)
        {
            try
            {
                rewrapped += credential.Rewrap(encryption, ring.Active.Id);
            }
            catch (EnvelopeException exception)
            {
                // One row that was tampered with keeps no other from its new key.
                logger.CredentialDoesNotOpen(credential.Id, exception.Message);
                unopened++;
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (rewrapped, unopened, rows.Count == BatchSize ? rows[^1].Id : null);
    }

    private async Task<long> CountLeftAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VaultDbContext>();
        var counts = await db.Database
            .SqlQuery<long>($"""
                select count(*) filter (where secret_fields_ring_key_id <> {ring.Active.Id})
                    + count(*) filter (where previous_secret_fields_ring_key_id <> {ring.Active.Id}) as "Value"
                from credentials where deleted_at is null
                """)
            .ToListAsync(cancellationToken);
        return counts.Single();
    }

    private sealed record NeededKey(string Id, long Rows);
}
