using System.Security.Cryptography;
using Rapida.TwilioEmulator.Callees;
using Rapida.TwilioEmulator.Calls;
using Rapida.TwilioEmulator.Line;

namespace Rapida.TwilioEmulator.Outbound;

/// <summary>Carries a call that was placed through REST from the queue to its end.</summary>
internal sealed class OutboundCalls(
    CallProgress progress, DetectMachine detection, CallConductor conductor, Documents documents, TimeProvider clock)
{
    // Twilio rings up to five seconds longer than it was told.
    private const int MostExtraRingMs = 5_000;

    public async Task RunAsync(Call call, OutboundLeg leg, CancellationToken cancellationToken)
    {
        foreach (var warning in leg.Order.Warnings)
            call.Journal.Warn(warning.Code, warning.Message);
        try
        {
            if (leg.QueueTime > TimeSpan.Zero)
                await Task.Delay(leg.QueueTime, clock, call.Over);
            if (!Dial(call, leg, cancellationToken) || !await RingAsync(call, leg, cancellationToken))
                return;
            if (leg.Callee.HasMedia)
                await TalkAsync(call, leg, cancellationToken);
            else
                await StayAsync(call, leg, cancellationToken);
        }
        catch (OperationCanceledException) when (call.IsEnding && !cancellationToken.IsCancellationRequested)
        {
            // Cancelled, or hung up.
        }
    }

    /// <summary>The call is over: the last event, unless it never left the queue.</summary>
    public void End(Call call, OutboundLeg leg, CancellationToken cancellationToken)
    {
        if (leg.DialledAt is not null)
            progress.Tell(call, leg, ProgressEvent.Completed, cancellationToken);
    }

    private bool Dial(Call call, OutboundLeg leg, CancellationToken cancellationToken)
    {
        if (!call.TryMoveTo(CallStatus.Initiated))
            return false;
        leg.DialledAt = clock.GetUtcNow();
        progress.Tell(call, leg, ProgressEvent.Initiated, cancellationToken);
        return true;
    }

    /// <summary>True: the callee has answered.</summary>
    private async Task<bool> RingAsync(Call call, OutboundLeg leg, CancellationToken cancellationToken)
    {
        var callee = leg.Callee;
        if (callee.Outcome.Rings())
        {
            if (!call.TryMoveTo(CallStatus.Ringing))
                return false;
            progress.Tell(call, leg, ProgressEvent.Ringing, cancellationToken);
        }

        var patience = leg.Order.Timeout + TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(MostExtraRingMs + 1));
        var gaveUp = callee.Outcome == CalleeOutcome.NoAnswer || callee.RingsFor > patience;
        await Task.Delay(gaveUp ? patience : callee.RingsFor, clock, call.Over);
        if (gaveUp || callee.Outcome != CalleeOutcome.Answered)
        {
            leg.Unanswered = gaveUp ? CalleeOutcome.NoAnswer : callee.Outcome;
            call.HangUp(EndReason.NotAnswered);
            return false;
        }

        call.Answer();
        if (call.AnsweredAt is null)
            return false;
        progress.Tell(call, leg, ProgressEvent.Answered, cancellationToken);
        return true;
    }

    private async Task TalkAsync(Call call, OutboundLeg leg, CancellationToken cancellationToken)
    {
        call.Line.Open();
        if (leg.Order.SendDigits is { } digits)
        {
            var tones = Dtmf.Render(digits);
            call.Journal.Add(new CallEvent("played") { Text = digits, AtMs = call.Line.NowMs });
            await call.Line.PlayAsync(tones, Frame.Duration(tones), call.Over);
        }
        await conductor.RunAsync(call, await FirstAsync(call, leg, cancellationToken), cancellationToken);
    }

    // Without a line: each document is fetched and read, as a load test needs it, and the callee hangs up in time.
    private async Task StayAsync(Call call, OutboundLeg leg, CancellationToken cancellationToken)
    {
        var end = clock.GetUtcNow() + (leg.Callee.Stays ?? Callee.QuietStay);
        DocumentSource? next = await FirstAsync(call, leg, cancellationToken);
        while (next is not null)
        {
            if (await documents.FindAsync(call, next, cancellationToken) is null && !call.Interrupted.IsCancellationRequested)
            {
                call.HangUp(EndReason.ApplicationError);
                return;
            }
            try
            {
                var left = end - clock.GetUtcNow();
                await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, call.Interrupted);
                call.HangUp(EndReason.CallerHungUp);
                return;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                next = call.TakeUpdate();
            }
        }
    }

    private async Task<DocumentSource> FirstAsync(Call call, OutboundLeg leg, CancellationToken cancellationToken)
    {
        var verdict = await detection.RunAsync(call, leg, cancellationToken);
        return leg.Order.Document is DocumentSource.Remote remote ? remote with { Fields = verdict } : leg.Order.Document;
    }
}
