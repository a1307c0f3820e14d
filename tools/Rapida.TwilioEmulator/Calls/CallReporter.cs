using Rapida.TwilioEmulator.Caller;
using Rapida.TwilioEmulator.Dialling;

namespace Rapida.TwilioEmulator.Calls;

/// <summary>A call's report is its journal, told by subject.</summary>
internal static class CallReporter
{
    public static CallReport Report(this Call call)
    {
        var events = call.Journal.Events();
        var (utterances, heard) = call.Line.Talk.Report();
        return new CallReport
        {
            CallSid = call.Sid,
            AccountSid = call.Account.Sid,
            From = call.From,
            To = call.To,
            Direction = call.Direction,
            Status = call.Status.Wire(),
            Finished = call.Journal.IsComplete,
            Answered = call.AnsweredAt is not null,
            StartedAt = call.StartedAt,
            AnsweredAt = call.AnsweredAt,
            EndedAt = call.EndedAt,
            EndReason = call.Ending,
            AnsweredBy = call.Outbound?.AnsweredBy,
            LengthMs = call.Line.NowMs,
            HeardWav = call.Wavs?.Heard,
            CallerWav = call.Wavs?.Caller,
            // The last word on a stream is its stop, and that on a dial its end.
            Streams = [.. events.Select(e => e.Stream).OfType<StreamReport>().GroupBy(s => s.StreamSid).Select(g => g.Last())],
            CallerUtterances = utterances,
            Heard = heard,
            Cues = call.Caller is ScoredCaller scored ? scored.Cues() : [],
            Said = [.. events.Where(e => e.Type == "said").Select(e => new SaidReport(e.AtMs, e.Text!))],
            Played = [.. events.Where(e => e.Type == "played").Select(e => new PlayedReport(e.AtMs, e.Text!))],
            Dials = [.. events.Select(e => e.Dial).OfType<DialReport>().GroupBy(d => d.CallSid).Select(g => g.Last())],
            Webhooks = [.. events.Select(e => e.Webhook).OfType<WebhookReport>()],
            Warnings = [.. events.Where(e => e.Type == "warning").Select(e => new Notice(e.Code!.Value, e.Message!))],
        };
    }
}
