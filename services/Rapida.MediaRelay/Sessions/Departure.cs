namespace Rapida.MediaRelay.Sessions;

/// <summary>How a session is left.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Target">Of a transfer: the number; of digits: the keys; else empty.</param>
internal readonly record struct Departure(EndReason Reason, string Target = "")
{
    public static implicit operator Departure(EndReason reason) => new(reason);

    /// <summary>A target is personal.</summary>
    public override string ToString() => Reason.ToString();
}
