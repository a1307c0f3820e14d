namespace Rapida.TwilioEmulator.Caller;

/// <summary>Whoever holds the telephone. Lives in frames of 20 ms, from the moment the line opens.</summary>
internal interface ICaller
{
    bool HangsUp { get; }

    /// <summary>From here on there is somebody to talk to: a media stream is open, or a person who was dialled has answered.</summary>
    void Begin();

    /// <summary>Fills the caller's next frame; true while these are words and not the breath around them.</summary>
    bool Speak(Span<byte> frame, bool farEndSpeaks);
}
