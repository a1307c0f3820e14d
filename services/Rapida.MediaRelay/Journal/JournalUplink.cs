using Grpc.Core;
using Rapida.Conversations.V1;

namespace Rapida.MediaRelay.Journal;

/// <summary>
/// One stream to Recording that carries the journals of all calls here. When it breaks it is made again, and what is not stored is sent again; the
/// calls do not notice.
/// </summary>
internal sealed class JournalUplink(
    Conversations.V1.Journal.JournalClient recording, UnstoredEntries entries, TimeProvider clock, ILogger<JournalUplink> logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    // How long the process may live on for what is not stored yet.
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(5);

    /// <summary>Gives what is left a last chance.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LastWait);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (!entries.IsEmpty)
                await poll.WaitForNextTickAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            logger.EntriesLost();
        }

        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wait = FirstWait;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await CarryAsync(stoppingToken))
                    wait = FirstWait;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    /// <summary>Carries entries until the stream breaks.</summary>
    /// <returns>Whether Recording answered at all.</returns>
    private async Task<bool> CarryAsync(CancellationToken cancellationToken)
    {
        var answered = false;
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var call = recording.Append(cancellationToken: broken.Token);
        entries.Rewind();
        var sending = SendAsync(call.RequestStream, broken.Token);
        try
        {
            while (await call.ResponseStream.MoveNext(broken.Token))
            {
                answered = true;
                entries.Acknowledge(call.ResponseStream.Current);
            }

            logger.StreamEnded();
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            logger.StreamBroke(exception.StatusCode);
        }
        catch (RpcException)
        {
            // We stop.
        }
        finally
        {
            await broken.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return answered;
    }

    private async Task SendAsync(IClientStreamWriter<JournalEntry> stream, CancellationToken cancellationToken)
    {
        while (true)
            await stream.WriteAsync(await entries.TakeAsync(cancellationToken), cancellationToken);
    }
}
