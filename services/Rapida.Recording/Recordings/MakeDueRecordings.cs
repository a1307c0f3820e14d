namespace Rapida.Recording.Recordings;

/// <summary>Looks for conversations whose recording is due, so that none is forgotten, whatever crashed before.</summary>
internal sealed class MakeDueRecordings(
    IServiceScopeFactory scopes, TimeProvider clock, ILogger<MakeDueRecordings> logger) : BackgroundService
{
    // A look is one row of a partial index.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await MakeAllAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task MakeAllAsync(CancellationToken cancellationToken)
    {
        var more = true;
        while (more)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                more = await scope.ServiceProvider.GetRequiredService<MakeRecording>().ExecuteAsync(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Its claim lapses, and it is tried again; the next one may be luckier now.
                logger.RecordingNotMade(exception);
                more = false;
            }
        }
    }
}
