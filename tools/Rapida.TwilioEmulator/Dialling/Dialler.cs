using System.Globalization;
using Rapida.TwilioEmulator.Accounts;
using Rapida.TwilioEmulator.Calls;
using Rapida.TwilioEmulator.Line;
using Rapida.TwilioEmulator.Numbers;
using Rapida.TwilioEmulator.TwiML;

namespace Rapida.TwilioEmulator.Dialling;

/// <summary>Carries out <c>&lt;Dial&gt;</c>: rings a simulated person, and lets caller and person hear each other.</summary>
internal sealed class Dialler(NumberDirectory numbers, TimeProvider clock)
{
    // Twilio adds five seconds to whatever timeout a document asks for.
    private static readonly TimeSpan TimeoutBuffer = TimeSpan.FromSeconds(5);

    /// <summary>Dials, and returns the fields with which the verb's action is asked.</summary>
    /// <exception cref="OperationCanceledException">The caller hung up, or other TwiML took over.</exception>
    public async Task<IReadOnlyList<(string Name, string Value)>> RunAsync(Call call, DialVerb dial)
    {
        var interrupted = call.Interrupted;
        var report = new DialReport(Sid.New("CA"), dial.Number, dial.CallerId ?? call.From, call.Line.NowMs);
        Note(call, "dial_started", report);
        var status = CallStatus.Canceled;
        try
        {
            status = Refuses(call, dial) ? CallStatus.Failed : await RingAsync(call, dial, interrupted);
            if (status == CallStatus.Completed)
            {
                report = report with { AnsweredMs = call.Line.NowMs };
                Note(call, "dial_answered", report);
                await TalkAsync(call, dial, interrupted);
            }
            else
            {
                // What becomes of a caller whose own call waited for this one.
                call.RejectedAs = status == CallStatus.Busy ? CallStatus.Busy : CallStatus.NoAnswer;
            }
        }
        finally
        {
            report = report with { Status = status.Wire(), EndMs = call.Line.NowMs };
            Note(call, "dial_ended", report);
        }
        return
        [
            ("DialCallStatus", status.Wire()),
            ("DialCallSid", report.CallSid),
            ("DialCallDuration", report.Seconds.ToString(CultureInfo.InvariantCulture)),
            ("DialBridged", status == CallStatus.Completed ? "true" : "false"),
        ];
    }

    private bool Refuses(Call call, DialVerb dial)
    {
        var problem = DialledNumber.Check(dial.Number);
        if (problem is null && dial.CallerId is { } id && id != call.From && id != call.To && numbers.FindByPhoneNumber(id, call.Account.Sid) is null)
            problem = new Notice(13214, "Dial: Invalid callerId value");
        if (problem is not null)
            call.Journal.Warn(problem.Code, problem.Message, call.Line.NowMs);
        return problem is not null;
    }

    /// <summary>Completed: the person has answered.</summary>
    private async Task<CallStatus> RingAsync(Call call, DialVerb dial, CancellationToken interrupted)
    {
        var person = call.PersonAt(dial.Number);
        var patience = dial.Timeout + TimeoutBuffer;
        var gaveUp = person.Outcome == DialOutcome.NoAnswer || person.RingsFor > patience;
        var time = gaveUp ? patience : person.RingsFor;

        // Before the call is answered there is no line; the caller hears the carrier's own tone.
        if (call.Status == CallStatus.Ringing)
            await Task.Delay(time, clock, interrupted);
        else if (time > TimeSpan.Zero)
            await call.Line.PlayAsync(RingingTone.For(time), time, interrupted);

        return person.Outcome switch
        {
            _ when gaveUp => CallStatus.NoAnswer,
            DialOutcome.Answered => CallStatus.Completed,
            DialOutcome.Busy => CallStatus.Busy,
            _ => CallStatus.Failed,
        };
    }

    private static async Task TalkAsync(Call call, DialVerb dial, CancellationToken interrupted)
    {
        var person = call.PersonAt(dial.Number);
        var length = person.Stays < dial.TimeLimit ? person.Stays : dial.TimeLimit;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        call.Answer();
        call.Caller.Begin();
        call.Keys = dial.HangupOnStar ? new StarKey(call, ended) : null;
        try
        {
            await call.Line.PlayAsync(person.Says, length, ended.Token);
        }
        catch (OperationCanceledException) when (!interrupted.IsCancellationRequested)
        {
            // The caller pressed *.
        }
        finally
        {
            call.Keys = null;
        }
    }

    private static void Note(Call call, string type, DialReport report) =>
        call.Journal.Add(new CallEvent(type) { Dial = report, AtMs = call.Line.NowMs });
}
