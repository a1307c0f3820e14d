using Rapida.CallControl.Database;

namespace Rapida.CallControl.Calls;

/// <summary>
/// Does something about the calls that are due, some at once: whoever keeps one of them waiting does not keep the others. The update that takes them is
/// the claim: another instance finds their next time in the future.
/// </summary>
internal abstract class DueCalls(IServiceScopeFactory scopes, TimeProvider clock, TimeSpan interval) : BackgroundService
{
    private const int AtOnce = 16;

    private readonly SemaphoreSlim _lines = new(AtOnce);

    protected TimeProvider Clock { get; } = clock;

    /// <summary>Takes at most so many, and says when each is due again.</summary>
    protected abstract Task<List<Guid>> TakeAsync(CallsDbContext db, int most, CancellationToken cancellationToken);

    /// <summary>Does it, in a scope of its own.</summary>
    protected abstract Task ActAsync(IServiceProvider services, Guid callId, CancellationToken cancellationToken);

    /// <summary>Logs that nothing was taken.</summary>
    protected abstract void NotTaken(Exception exception);

    /// <summary>Logs that nothing came of one: it is due again.</summary>
    protected abstract void NotDone(Guid callId, Exception exception);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                while (await RoundAsync(stoppingToken))
                {
                }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }

        for (var i = 0; i < AtOnce; i++)
            await _lines.WaitAsync(CancellationToken.None);
    }

    /// <summary>Whether there may be more.</summary>
    private async Task<bool> RoundAsync(CancellationToken cancellationToken)
    {
        await _lines.WaitAsync(cancellationToken);
        var free = 1;
        while (_lines.Wait(0, CancellationToken.None))
            free++;

        var due = await TakeAsync(free, cancellationToken);
        foreach (var callId in due)
            _ = ActAsync(callId, cancellationToken);
        if (due.Count < free)
            _lines.Release(free - due.Count);
        return due.Count == free;
    }

    private async Task<List<Guid>> TakeAsync(int most, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await TakeAsync(scope.ServiceProvider.GetRequiredService<CallsDbContext>(), most, cancellationToken);
        }
        catch (Exception exception)
        {
            if (!cancellationToken.IsCancellationRequested)
                NotTaken(exception);
            return [];
        }
    }

    private async Task ActAsync(Guid callId, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            // Twilio's client takes no token: when the service ends its answer is not waited for, and it is asked again.
            await ActAsync(scope.ServiceProvider, callId, cancellationToken).WaitAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            if (!cancellationToken.IsCancellationRequested)
                NotDone(callId, exception);
        }
        finally
        {
            _lines.Release();
        }
    }

    public override void Dispose()
    {
        _lines.Dispose();
        base.Dispose();
    }
}
