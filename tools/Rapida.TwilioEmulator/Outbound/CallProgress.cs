using Rapida.TwilioEmulator.Callees;
using Rapida.TwilioEmulator.Calls;

namespace Rapida.TwilioEmulator.Outbound;

/// <summary>Tells a customer how a call that was placed comes along: the events that were asked for, with the faults of the number.</summary>
internal sealed class CallProgress(CallWebhooks webhooks, TimeProvider clock)
{
    public void Tell(Call call, OutboundLeg leg, ProgressEvent progress, CancellationToken cancellationToken)
    {
        var sequenceNumber = leg.NextSequenceNumber();
        var isLast = progress == ProgressEvent.Completed;
        var fate = leg.Callee.Callbacks.Of(progress);
        var isTold = call.StatusCallback is not null && leg.Order.Events.Contains(progress) && !fate.Lost;
        if (!isTold && !isLast)
            return;

        TaskCompletionSource[] overtaken = [.. leg.Overtaken];
        leg.Overtaken.Clear();
        TaskCompletionSource? next = null;
        if (isTold && fate.Reordered && !isLast)
            leg.Overtaken.Enqueue(next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

        // The fields are those of the event, however late they are sent.
        var fields = isTold ? VoiceFields.ForProgress(call, sequenceNumber, leg.EndOf(call).SipResponseCode) : [];
        call.Background(SendAsync(call, isTold ? call.StatusCallback : null, fields, fate, next?.Task, overtaken, cancellationToken));
    }

    // Callbacks are requests of their own: nothing waits for them but those that were made to.
    private async Task SendAsync(
        Call call, CallbackAddress? callback, IReadOnlyList<KeyValuePair<string, string>> fields, CallbackFate fate, Task? next,
        TaskCompletionSource[] overtaken, CancellationToken cancellationToken)
    {
        try
        {
            if (callback is null)
                return;
            if (fate.Late > TimeSpan.Zero)
                await Task.Delay(fate.Late, clock, cancellationToken);
            if (next is not null)
                await next.WaitAsync(cancellationToken);
            for (var copy = 0; copy < (fate.Twice ? 2 : 1); copy++)
                await webhooks.NotifyAsync(call, "status", callback.Url, callback.Method, fields, cancellationToken);
        }
        finally
        {
            foreach (var waiting in overtaken)
                waiting.TrySetResult();
        }
    }
}
