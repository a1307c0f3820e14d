using Rapida.CallControl.Database;
using Rapida.Contracts.Events;
using Rapida.Events.Outbox;

namespace Rapida.CallControl.Calls;

/// <summary>Moves a call by Twilio's word. A terminal one gives it its one outcome and announces it.</summary>
internal sealed class MoveCall(CallsDbContext db, TimeProvider clock)
{
    // Time for Twilio's own callback before it is asked.
    public static readonly TimeSpan GraceForCallback = TimeSpan.FromSeconds(5);

    // Twilio reckons within a minute, as a rule.
    private static readonly TimeSpan PriceIsKnown = TimeSpan.FromMinutes(1);

    /// <summary>Changes the tracked call; the caller saves. A move that is late, repeated or backwards changes nothing.</summary>
    public void To(Call call, CallStatus status, int? durationSeconds = null)
    {
        // Its end may have been known, by our own clock, before Twilio's word of it comes with a duration.
        if (status == call.Status && status.IsTerminal())
            call.DurationSeconds = durationSeconds ?? call.DurationSeconds;
        if (!CallStatuses.CanMove(call.Status, status))
            return;

        var now = clock.GetUtcNow();
        call.Status = status;
        if (status == CallStatus.InProgress)
            call.AnsweredAt ??= now;
        if (!status.IsTerminal())
            return;

        var outcome = Outcome.Of(call);
        (call.EndedAt, call.EndedBy, call.Fault, call.AskTwilioAt) = (now, outcome.EndedBy, outcome.Fault, null);
        // Nobody pays for a call that was not answered.
        if (status == CallStatus.Completed)
            call.AskPriceAt = now + PriceIsKnown;
        call.DurationSeconds = durationSeconds ?? (int?)(now - call.AnsweredAt)?.TotalSeconds;
        db.Outbox.Announce(new CallEnded(
            call.ProjectId, call.Id, ++call.EventSequence, now,
            call.ConversationId, status.Word(), outcome.EndedBy, outcome.Fault, call.Attempt));
    }
}
