using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Database;

namespace Rapida.CallControl.Outbound;

/// <summary>
/// The first signed word of Twilio's that names a call which we place settles its dial, be it the answer to our request, a callback or a
/// stream. Later ones must name the same.
/// </summary>
internal sealed partial class LearnCallSid(CallsDbContext db, IOptions<OutboundOptions> options, TimeProvider clock)
{
    // Twilio may let it ring five seconds longer, and its callback takes its time.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(15);

    /// <summary>Whether a webhook may be about this call, or about a leg of it. It is still to be proved.</summary>
    public static bool MayBe(Call call, string? callSid, string? parentCallSid) => call.CallSid is null
        ? IsSid(parentCallSid ?? callSid)
        : callSid == call.CallSid || parentCallSid == call.CallSid;

    /// <summary>Changes the locked call; the caller saves. False: this is another call.</summary>
    public async Task<bool> ExecuteAsync(Call call, string? sid, CancellationToken cancellationToken)
    {
        if (call.CallSid is not null)
            return call.CallSid == sid;
        if (!IsSid(sid))
            return false;

        call.CallSid = sid;
        call.AskTwilioBy(clock.GetUtcNow() + (call.HangUpReason is null ? options.Value.RingTimeout + Slack : TimeSpan.Zero));
        await db.Dials.Where(dial => dial.CallId == call.Id).ExecuteUpdateAsync(
            dial => dial.SetProperty(row => row.State, DialState.Settled).SetProperty(row => row.SettleAt, (DateTimeOffset?)null), cancellationToken);
        return true;
    }

    /// <summary>Whether a text is in the form of a CallSid.</summary>
    public static bool IsSid([NotNullWhen(true)] string? text) => Sid().IsMatch(text ?? "");

    [GeneratedRegex(@"^CA[0-9a-fA-F]{32}\z")]
    private static partial Regex Sid();
}
