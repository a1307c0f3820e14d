namespace Rapida.TwilioEmulator.Line;

/// <summary>Whoever is at the other end of the caller's line for now. Called once per 20 ms, always by the line's own loop.</summary>
internal interface IFarEnd
{
    /// <summary>Fills the frame that the caller hears.</summary>
    void Speak(Span<byte> frame);

    /// <summary>Takes the frame that the caller says in the same 20 ms.</summary>
    void Hear(ReadOnlySpan<byte> frame);
}
