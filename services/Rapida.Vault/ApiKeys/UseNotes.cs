using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;

namespace Rapida.Vault.ApiKeys;

/// <summary>Which keys were used, on the way to the database. Nobody who authenticates waits for it.</summary>
internal sealed class UseNotes
{
    /// <summary>How exact <see cref="ApiKey.LastUsedAt"/> is, and so how often a busy key costs a write.</summary>
    public static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);

    // Full only when the database is slower than the keys are many. A note that is dropped then is made again with the key's next use.
    private readonly Channel<Guid> _notes = Channel.CreateBounded<Guid>(
        new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropWrite });

    public ChannelReader<Guid> Reader => _notes.Reader;

    public void Note(ApiKey key, DateTimeOffset now)
    {
        if (key.LastUsedAt is not { } last || now - last >= Grain)
            _notes.Writer.TryWrite(key.Id);
    }
}

/// <summary>Writes the notes down, many at a time.</summary>
internal sealed class WriteUseNotes(
    UseNotes notes, IServiceScopeFactory scopes, TimeProvider clock, ILogger<WriteUseNotes> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await notes.Reader.WaitToReadAsync(stoppingToken))
                await WriteAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var used = new HashSet<Guid>();
        while (notes.Reader.TryRead(out var id))
            used.Add(id);

        var now = clock.GetUtcNow();
        var due = now - UseNotes.Grain;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            // The only query over all projects: the ids come from keys that were just authenticated.
            await scope.ServiceProvider.GetRequiredService<VaultDbContext>().ApiKeys
                .Where(key => used.Contains(key.Id) && (key.LastUsedAt == null || key.LastUsedAt <= due))
                .ExecuteUpdateAsync(key => key.SetProperty(row => row.LastUsedAt, now), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The next use of the keys writes it down again.
            logger.UsesNotWritten(exception.GetType().Name);
        }
    }
}
