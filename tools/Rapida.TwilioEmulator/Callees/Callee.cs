using Rapida.TwilioEmulator.Caller;
using Rapida.TwilioEmulator.Dialling;
using Rapida.TwilioEmulator.Line;

namespace Rapida.TwilioEmulator.Callees;

/// <summary>Somebody at a number, who can be called through REST and by <c>&lt;Dial&gt;</c>.</summary>
/// <param name="Outcome">What comes of calling.</param>
/// <param name="RingsFor">How long it takes until then; who does not answer lets it ring until the carrier gives up.</param>
internal sealed record Callee(CalleeOutcome Outcome, TimeSpan RingsFor)
{
    /// <summary>How long whoever has nothing to say listens.</summary>
    public static readonly TimeSpan QuietStay = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan DialledStay = TimeSpan.FromSeconds(10);

    /// <summary>Whoever nothing is known of: answers after a short ring, says nothing, and stays until hung up on, a minute at most.</summary>
    public static Callee Quiet { get; } = new(CalleeOutcome.Answered, TimeSpan.FromSeconds(1)) { Stays = QuietStay };

    /// <summary>Null: as long as the conversation, or the recording, takes.</summary>
    public TimeSpan? Stays { get; init; }

    /// <summary>Who answers; the time to hang up is a part of the manners.</summary>
    public Character Character { get; init; } = new(CallerScript.Silent, [], new CallerManners { HangUpAfter = QuietStay });

    public Echo? Echo { get; init; }

    public AnsweredBy AnsweredBy { get; init; } = AnsweredBy.Human;

    /// <summary>Null: as long as machine detection usually takes for this kind.</summary>
    public TimeSpan? DetectionTime { get; init; }

    /// <summary>False: documents are fetched and read, not carried out, and there is no line.</summary>
    public bool HasMedia { get; init; } = true;

    public RestBehaviour Rest { get; init; } = RestBehaviour.Creates;

    public CallbackFaults Callbacks { get; init; } = CallbackFaults.None;

    /// <summary>The person whom <c>&lt;Dial&gt;</c> meets.</summary>
    public Person ToPerson()
    {
        var outcome = Outcome switch
        {
            CalleeOutcome.Answered => DialOutcome.Answered,
            CalleeOutcome.Busy or CalleeOutcome.Rejected => DialOutcome.Busy,
            CalleeOutcome.NoAnswer => DialOutcome.NoAnswer,
            _ => DialOutcome.Failed,
        };
        ReadOnlyMemory<byte> says = Character.Script.Audio;
        return new Person(outcome, RingsFor, Stays ?? (says.IsEmpty ? DialledStay : Frame.Duration(says)), says);
    }
}
