using Rapida.CallControl.Database;
using Rapida.Contracts.Events;
using Rapida.Events.Outbox;

namespace Rapida.CallControl.Calls;

/// <summary>Moves a call by Twilio's word. A terminal one gives it its one outcome and announces it.</summary>
internal sealed class MoveCall(CallsDbContext db, TimeProvider clock)
{
    // Time for Twilio's own callback before it is asked.
    public static readonly TimeSpan GraceForCallback = TimeSpan.FromSeconds(5);

    /// <summary>Changes the tracked call; the caller saves. A move that is late, repeated or backwards changes nothing.</summary>
    public void To(Call call, CallStatus status, int? durationSeconds = null)
    {
        if (!CallStatuses.CanMove(call.Status, status))
            return;

        call.Status = status;
        if (!status.IsTerminal())
            return;

        var now = clock.GetUtcNow();
        var outcome = Outcome.Of(call);
        (call.EndedAt, call.EndedBy, call.Fault, call.AskTwilioAt) = (now, outcome.EndedBy, outcome.Fault, null);
        call.DurationSeconds = durationSeconds ?? (int?)(now - call.AnsweredAt)?.TotalSeconds;
        db.Outbox.Announce(new CallEnded(
            call.ProjectId, call.Id, ++call.EventSequence, now,
            call.ConversationId, status.Word(), outcome.EndedBy, outcome.Fault, call.Attempt));
    }
}
