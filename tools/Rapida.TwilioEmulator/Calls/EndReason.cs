namespace Rapida.TwilioEmulator.Calls;

/// <summary>Why a call ended: the first reason wins.</summary>
internal enum EndReason
{
    EndOfDocument,
    HangupVerb,
    Rejected,

    /// <summary>Whoever holds the telephone hung up: the caller of an incoming call, the callee of one that was placed.</summary>
    CallerHungUp,

    /// <summary>The callee did not answer; the call's status says why.</summary>
    NotAnswered,
    RestCompleted,
    RestCanceled,
    TimeLimit,
    StreamFailed,
    ApplicationError,
    EmulatorStopped,
    EmulatorFailed,
}
