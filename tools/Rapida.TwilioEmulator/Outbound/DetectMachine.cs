using System.Globalization;
using Rapida.TwilioEmulator.Callees;
using Rapida.TwilioEmulator.Calls;

namespace Rapida.TwilioEmulator.Outbound;

/// <summary>Answering machine detection: before the document, or beside it. Who keys are sent to is not examined.</summary>
internal sealed class DetectMachine(CallWebhooks webhooks, TimeProvider clock)
{
    /// <summary>Waits for the verdict if the document has to, and returns the fields that it adds to the document's request.</summary>
    /// <exception cref="OperationCanceledException">The call ended first.</exception>
    public async Task<IReadOnlyList<(string Name, string Value)>> RunAsync(Call call, OutboundLeg leg, CancellationToken cancellationToken)
    {
        if (leg.Order is not { Detection: { } detection, SendDigits: null })
            return [];
        if (!detection.IsAsync)
            return await ExamineAsync(call, leg, detection);

        call.Background(TellAsync(call, leg, detection, cancellationToken));
        return [];
    }

    private async Task TellAsync(Call call, OutboundLeg leg, DetectionOrder detection, CancellationToken cancellationToken)
    {
        try
        {
            var verdict = await ExamineAsync(call, leg, detection);
            if (detection.Callback is { } callback)
                await webhooks.NotifyAsync(call, "amd", callback.Url, callback.Method, VoiceFields.ForDetection(call, verdict), cancellationToken);
        }
        catch (OperationCanceledException) when (call.IsEnding)
        {
            // Over before the verdict: there is none.
        }
    }

    private async Task<IReadOnlyList<(string Name, string Value)>> ExamineAsync(Call call, OutboundLeg leg, DetectionOrder detection)
    {
        var verdict = Verdict(leg.Callee.AnsweredBy, detection.ToMessageEnd);
        var takes = leg.Callee.DetectionTime ?? UsualTime(verdict);
        if (takes > detection.Timeout)
            (verdict, takes) = (AnsweredBy.Unknown, detection.Timeout);

        var started = clock.GetTimestamp();
        await Task.Delay(takes, clock, call.Over);
        leg.AnsweredBy = verdict.Wire();
        var milliseconds = ((int)clock.GetElapsedTime(started).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        return [("AnsweredBy", leg.AnsweredBy), ("MachineDetectionDuration", milliseconds)];
    }

    // Each way of detection has words of its own for a machine.
    private static AnsweredBy Verdict(AnsweredBy answeredBy, bool toMessageEnd) => answeredBy switch
    {
        AnsweredBy.MachineStart when toMessageEnd => AnsweredBy.MachineEndBeep,
        AnsweredBy.MachineEndBeep when !toMessageEnd => AnsweredBy.MachineStart,
        _ => answeredBy,
    };

    // Of the length of a hello and of a machine's greeting; unknown is the silence after which Twilio gives up.
    private static TimeSpan UsualTime(AnsweredBy verdict) => verdict switch
    {
        AnsweredBy.Human => TimeSpan.FromSeconds(2),
        AnsweredBy.MachineEndBeep => TimeSpan.FromSeconds(10),
        AnsweredBy.Unknown => TimeSpan.FromSeconds(5),
        _ => TimeSpan.FromSeconds(4),
    };
}
