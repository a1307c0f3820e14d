namespace Rapida.MediaRelay.Sessions;

/// <summary>How a session is left.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Target">Of a transfer: the number; of digits: the keys; else empty.</param>
/// <param name="Failure">Of an error: which provider failed, and how; holds neither words nor keys.</param>
internal readonly record struct Departure(EndReason Reason, string Target = "", string Failure = "")
{
    public static implicit operator Departure(EndReason reason) => new(reason);

    /// <summary>A target is personal.</summary>
    public override string ToString() => Reason.ToString();
}
