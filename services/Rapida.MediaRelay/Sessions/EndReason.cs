namespace Rapida.MediaRelay.Sessions;

/// <summary>Why a session is over.</summary>
internal enum EndReason
{
    /// <summary>The caller hung up, or Twilio took the call elsewhere.</summary>
    Caller,

    /// <summary>The assistant said goodbye.</summary>
    Assistant,

    /// <summary>The caller did not answer any more.</summary>
    Idle,

    /// <summary>The call reached its maximum duration.</summary>
    MaxDuration,

    /// <summary>A provider failed, or we did.</summary>
    Error,

    /// <summary>The connection broke, or nothing came over it any more.</summary>
    Lost,

    /// <summary>This relay goes; another one carries on.</summary>
    Handover,

    /// <summary>The caller is connected with somebody else.</summary>
    Transfer,

    /// <summary>Keys are pressed, and the conversation goes on after them.</summary>
    Digits,
}

internal static class EndReasons
{
    /// <summary>As the contracts spell it.</summary>
    public static string ToWire(this EndReason reason) => reason switch
    {
        EndReason.Caller => "caller",
        EndReason.Assistant => "assistant",
        EndReason.Idle => "idle",
        EndReason.MaxDuration => "max_duration",
        EndReason.Error => "error",
        EndReason.Lost => "lost",
        EndReason.Handover => "handover",
        EndReason.Transfer => "transfer",
        EndReason.Digits => "digits",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    /// <exception cref="FormatException">No reason is spelled so.</exception>
    public static EndReason Parse(string wire) => Enum.GetValues<EndReason>().FirstOrDefault(reason => reason.ToWire() == wire, (EndReason)(-1)) switch
    {
        (EndReason)(-1) => throw new FormatException($"There is no reason \"{wire}\" to end a session."),
        var reason => reason,
    };
}
