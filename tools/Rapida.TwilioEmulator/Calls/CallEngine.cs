using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Rapida.TwilioEmulator.Accounts;
using Rapida.TwilioEmulator.Numbers;

namespace Rapida.TwilioEmulator.Calls;

/// <summary>All calls, those in progress and those over. The emulator forgets them when it stops.</summary>
internal sealed class CallEngine(
    CallConductor conductor, CallWebhooks webhooks, IOptions<EmulatorOptions> options, TimeProvider clock, ILogger<CallEngine> logger) : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<string, (Call Call, Task Running)> _calls = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();

    public Call PlaceInbound(Account account, IncomingNumber number, InboundCall inbound)
    {
        var call = new Call(account, number, inbound, clock);
        logger.CallPlaced(call.Sid, number.Sid);
        _calls[call.Sid] = (call, Task.Run(() => RunAsync(call)));
        return call;
    }

    public Call? Find(string sid) => _calls.TryGetValue(sid, out var found) ? found.Call : null;

    /// <summary>An account's calls, the newest first.</summary>
    public IReadOnlyList<Call> Of(Account account) =>
        [.. _calls.Values.Select(c => c.Call).Where(c => c.Account.Sid == account.Sid).OrderByDescending(c => c.StartedAt)];

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var (call, _) in _calls.Values)
            call.HangUp(EndReason.EmulatorStopped);
        var running = Task.WhenAll(_calls.Values.Select(c => c.Running));
        await Task.WhenAny(running, Task.Delay(Timeout.Infinite, cancellationToken));
        await _stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(Call call)
    {
        await GuardedAsync(call, ConductAsync(call));
        call.HangUp(_stopping.IsCancellationRequested ? EndReason.EmulatorStopped : EndReason.EmulatorFailed);
        await GuardedAsync(call, call.DisposeAsync().AsTask());
        await GuardedAsync(call, EndAsync(call));
        call.Journal.Complete(new CallEvent("ended") { EndReason = call.Ending, AtMs = call.Line.NowMs });
    }

    // A fault of the emulator must not leave the watcher of a call waiting for its end.
    private async Task GuardedAsync(Call call, Task step)
    {
        try
        {
            await step;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !_stopping.IsCancellationRequested)
        {
            logger.CallFailed(failure, call.Sid);
        }
        catch (OperationCanceledException)
        {
            // The emulator stops.
        }
    }

    private async Task ConductAsync(Call call)
    {
        if (call.Number.VoiceUrl is { } url)
            await conductor.RunAsync(call, new DocumentSource.Remote("voice", url, call.Number.VoiceMethod), _stopping.Token);
        else
            call.HangUp(EndReason.Rejected);
    }

    private async Task EndAsync(Call call)
    {
        call.End(call.AnsweredAt is null ? call.RejectedAs : CallStatus.Completed);
        if (call.Line.IsOpen)
            call.Wavs = WriteWavs(call);
        logger.CallEnded(call.Sid, call.Status, call.Ending!.Value);

        if (call.Number.StatusCallback is { } url)
            call.Background(webhooks.NotifyAsync(call, "status", url, call.Number.StatusCallbackMethod, VoiceFields.ForEndOfCall(call), _stopping.Token));
        await call.CallbacksSent;
    }

    private (string Caller, string Heard) WriteWavs(Call call)
    {
        var folder = Directory.CreateDirectory(options.Value.CallsFolder).FullName;
        var (caller, heard) = (Path.Combine(folder, call.Sid + ".caller.wav"), Path.Combine(folder, call.Sid + ".heard.wav"));
        call.Line.Tracks.Write(caller, heard);
        return (caller, heard);
    }
}
