using Rapida.TwilioEmulator.Callees;
using Rapida.TwilioEmulator.Calls;

namespace Rapida.TwilioEmulator.Outbound;

/// <summary>What a call that was placed through REST has beyond an incoming one.</summary>
internal sealed class OutboundLeg(CallOrder order, Callee callee)
{
    private int _sequence = -1;

    public CallOrder Order => order;

    public Callee Callee => callee;

    /// <summary>Its line in the log of all dials.</summary>
    public DialEntry? Dial { get; set; }

    /// <summary>How long it waits for its turn.</summary>
    public TimeSpan QueueTime { get; set; }

    /// <summary>Null while it is queued.</summary>
    public DateTimeOffset? DialledAt { get; set; }

    /// <summary>Why nobody answered.</summary>
    public CalleeOutcome Unanswered { get; set; }

    /// <summary>The verdict of machine detection, once there is one.</summary>
    public string? AnsweredBy { get; set; }

    /// <summary>Callbacks that wait for the one after them.</summary>
    public Queue<TaskCompletionSource> Overtaken { get; } = new();

    /// <summary>How a call ends that was answered, declined by whoever holds the telephone, not answered, or cancelled.</summary>
    public (CallStatus Status, int SipResponseCode) EndOf(Call call) => call.Ending switch
    {
        _ when call.AnsweredAt is not null => (CallStatus.Completed, 200),
        EndReason.NotAnswered => Unanswered.End(),
        EndReason.CallerHungUp => CalleeOutcome.Rejected.End(),
        _ => (CallStatus.Canceled, 487),
    };

    /// <summary>Every event has a number, whether or not anybody is told.</summary>
    public int NextSequenceNumber() => Interlocked.Increment(ref _sequence);
}
