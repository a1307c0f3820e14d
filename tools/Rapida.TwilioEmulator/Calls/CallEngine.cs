using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Rapida.TwilioEmulator.Accounts;
using Rapida.TwilioEmulator.Callees;
using Rapida.TwilioEmulator.Numbers;
using Rapida.TwilioEmulator.Outbound;

namespace Rapida.TwilioEmulator.Calls;

/// <summary>All calls in progress, and the last that are over. The emulator forgets them when it stops.</summary>
internal sealed class CallEngine(
    CallConductor conductor, OutboundCalls outbound, DialPace pace, DialLog dials, CalleeDirectory callees, CallWebhooks webhooks,
    IOptions<EmulatorOptions> options, TimeProvider clock, ILogger<CallEngine> logger) : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<string, (Call Call, Task Running)> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _finished = new();
    private readonly CancellationTokenSource _stopping = new();

    public Call PlaceInbound(Account account, IncomingNumber number, InboundCall inbound) =>
        Begin(new Call(account, CallPlan.For(number, inbound, callees), clock));

    /// <summary>A call that waits to be begun: nobody sees it before, and nothing happens.</summary>
    public Call CreateOutbound(Account account, CallOrder order, Callee callee)
    {
        var call = new Call(account, CallPlan.For(order, callee, CarrierBehaviour.From(options.Value), callees), clock);
        call.Outbound!.QueueTime = pace.Take(account);
        call.Outbound.Dial = new DialEntry(call.Sid, account.Sid, call.To, call.From, call.StartedAt);
        return call;
    }

    public Call Begin(Call call)
    {
        logger.CallPlaced(call.Sid, call.NumberSid, call.Direction);
        if (call.Outbound?.Dial is { } dial)
            dials.Add(dial);
        _calls[call.Sid] = (call, Task.Run(() => RunAsync(call)));
        return call;
    }

    public Call? Find(string sid) => _calls.TryGetValue(sid, out var found) ? found.Call : null;

    /// <summary>Those of an account's calls that are wanted, the newest first.</summary>
    public IReadOnlyList<Call> Of(Account account, Func<Call, bool> isWanted) =>
        [.. _calls.Values.Select(c => c.Call).Where(c => c.Account.Sid == account.Sid && !c.IsDeleted && isWanted(c)).OrderByDescending(c => c.StartedAt)];

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
        _finished.Enqueue(call.Sid);
        if (_finished.Count > options.Value.FinishedCallsKept && _finished.TryDequeue(out var oldest))
            _calls.TryRemove(oldest, out _);
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
        if (call.Outbound is { } leg)
            await outbound.RunAsync(call, leg, _stopping.Token);
        else if (call.Document is { } first)
            await conductor.RunAsync(call, first, _stopping.Token);
        else
            call.HangUp(EndReason.Rejected);
    }

    private async Task EndAsync(Call call)
    {
        call.End(call.Outbound?.EndOf(call).Status ?? (call.AnsweredAt is null ? call.RejectedAs : CallStatus.Completed));
        if (call.Line.IsOpen)
            call.Wavs = WriteWavs(call);
        logger.CallEnded(call.Sid, call.Status, call.Ending!.Value);

        if (call.Outbound is { } leg)
            outbound.End(call, leg, _stopping.Token);
        else if (call.StatusCallback is { } callback)
            call.Background(webhooks.NotifyAsync(call, "status", callback.Url, callback.Method, VoiceFields.ForEndOfCall(call), _stopping.Token));
        await call.CallbacksSent;
    }

    private (string Caller, string Heard) WriteWavs(Call call)
    {
        var folder = Directory.CreateDirectory(options.Value.CallsFolder).FullName;
        var (caller, heard) = (Path.Combine(folder, call.Sid + ".caller.wav"), Path.Combine(folder, call.Sid + ".heard.wav"));
        call.Line.Tracks.MoveTo(caller, heard);
        return (caller, heard);
    }
}
