using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Database;

namespace Rapida.CallControl.Outbound;

/// <summary>Twilio has made up its mind about who answered. The assistant has been talking meanwhile.</summary>
internal sealed class NoteMachine(CallsDbContext db, TimeProvider clock)
{
    /// <summary>Changes the locked call; the caller saves.</summary>
    public async Task ExecuteAsync(Call call, string answeredBy, CancellationToken cancellationToken)
    {
        call.AnsweredBy = answeredBy;
        if (!MachineDetections.IsMachine(answeredBy) || call.Status.IsTerminal())
            return;
        var policy = await db.Dials.Where(dial => dial.CallId == call.Id).Select(dial => dial.MachineDetection).SingleOrDefaultAsync(cancellationToken);
        if (policy != MachineDetection.HangUp)
            return;

        var now = clock.GetUtcNow();
        if (call.HangUpReason is null or HangUpReasons.Cancel)
        {
            call.HangUpReason = HangUpReasons.Machine;
            db.Events.Add(CallEvent.New(call, HangUpReasons.Machine, "hangup", HangUpReasons.Machine, null, now));
        }

        call.AskTwilioBy(now);
    }
}
