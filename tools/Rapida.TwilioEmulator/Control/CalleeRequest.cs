using System.ComponentModel.DataAnnotations;
using Rapida.TwilioEmulator.Caller;
using Rapida.TwilioEmulator.Callees;

namespace Rapida.TwilioEmulator.Control;

/// <summary>Who answers a number. Without anything else: a person who answers after a second, says nothing, and stays for a minute.</summary>
/// <example>{ "outcome": "answered", "ring_ms": 800, "wav": "/tmp/hello.wav", "callbacks": { "twice": ["completed"] } }</example>
internal sealed record CalleeRequest : TelephoneRequest
{
    public CalleeOutcome Outcome { get; init; } = CalleeOutcome.Answered;

    public int RingMs { get; init; } = 1_000;

    /// <summary>Whoever answered hangs up so long after that. Without a recording a minute, with one when the conversation is over.</summary>
    public int? StayMs { get; init; }

    public AnsweredBy AnsweredBy { get; init; } = AnsweredBy.Human;

    /// <summary>How long machine detection takes.</summary>
    public int? DetectionMs { get; init; }

    /// <summary>False: documents are fetched and read, not carried out.</summary>
    public bool Media { get; init; } = true;

    public RestRequest? Rest { get; init; }

    public CallbackFaultsRequest? Callbacks { get; init; }

    /// <exception cref="InvalidCallException">Something that was asked for cannot be had.</exception>
    public Callee ToCallee()
    {
        if (RingMs < 0 || StayMs < 0 || DetectionMs < 0)
            throw new InvalidCallException("invalid_callee", "Nobody rings or stays for a negative time: ring_ms, stay_ms and detection_ms count from 0.");
        var who = ToCharacter();
        var saysNothing = who.Script.Frames == 0 && who.Cues.Count == 0;
        var stays = Time(StayMs) ?? Time(HangupAfterMs) ?? (saysNothing ? Callee.QuietStay : null);
        return new Callee(Outcome, TimeSpan.FromMilliseconds(RingMs))
        {
            Stays = stays,
            Character = who with { Manners = who.Manners with { HangUpAfter = stays } },
            Echo = Echo?.ToEcho(),
            AnsweredBy = AnsweredBy,
            DetectionTime = Time(DetectionMs),
            HasMedia = Media,
            Rest = Rest?.ToBehaviour() ?? RestBehaviour.Creates,
            Callbacks = Callbacks?.ToFaults() ?? CallbackFaults.None,
        };
    }
}

/// <summary>What the REST API answers when a call to the number is created.</summary>
/// <example>{ "answer": "rejected", "code": 21214 } or { "answer": "rate_limited", "times": 2 }</example>
internal sealed record RestRequest
{
    [Required] public RestAnswer Answer { get; init; }

    /// <summary>Of the error, when it is rejected.</summary>
    public int? Code { get; init; }

    /// <summary>How often, before calls are created as they should be. Usually always, but for rate_limited once.</summary>
    public int? Times { get; init; }

    /// <exception cref="InvalidCallException">The code is missing, or not one of Twilio's.</exception>
    public RestBehaviour ToBehaviour()
    {
        if (Times < 0 || (Answer == RestAnswer.Rejected && Code is not (>= 10_000 and < 100_000)))
            throw new InvalidCallException("invalid_rest", "What is rejected has the code of an error, such as 21214; times counts from 0.");
        return new RestBehaviour(Answer, Code ?? 0, Times ?? (Answer == RestAnswer.RateLimited ? 1 : null));
    }
}

/// <summary>What goes wrong with status callbacks: each list names events; <c>late_ms</c> is for all of them.</summary>
internal sealed record CallbackFaultsRequest
{
    public IReadOnlyList<ProgressEvent> Lost { get; init; } = [];
    public IReadOnlyList<ProgressEvent> Twice { get; init; } = [];
    public IReadOnlyList<ProgressEvent> Reordered { get; init; } = [];
    public int LateMs { get; init; }

    /// <exception cref="InvalidCallException">A negative time.</exception>
    public CallbackFaults ToFaults()
    {
        if (LateMs < 0)
            throw new InvalidCallException("invalid_callbacks", "Nothing is sent before it happens: late_ms counts from 0.");
        return new CallbackFaults(Enum.GetValues<ProgressEvent>().ToDictionary(
            e => e,
            e => new CallbackFate(Lost.Contains(e), Twice.Contains(e), Reordered.Contains(e), TimeSpan.FromMilliseconds(LateMs))));
    }
}
