namespace Rapida.TwilioEmulator.Line;

/// <summary>Sound that Twilio itself plays: a sentence of <c>&lt;Say&gt;</c>, or the silence of <c>&lt;Pause&gt;</c>.</summary>
internal sealed class Announcement(ReadOnlyMemory<byte> audio) : IFarEnd
{
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _position;

    public Task Finished => _finished.Task;

    public void Speak(Span<byte> frame)
    {
        var piece = audio.Span[_position..];
        piece = piece[..Math.Min(piece.Length, frame.Length)];
        piece.CopyTo(frame);
        frame[piece.Length..].Fill(Audio.Mulaw.Silence);
        _position += piece.Length;
    }

    public void Hear(ReadOnlySpan<byte> frame)
    {
        // Nobody listens while Twilio speaks; this is where the frame just filled ends.
        if (_position == audio.Length)
            _finished.TrySetResult();
    }
}
