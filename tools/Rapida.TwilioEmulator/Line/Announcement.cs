using Rapida.Audio;

namespace Rapida.TwilioEmulator.Line;

/// <summary>Sound that is known from beginning to end, and the silence after it: a sentence, a pause, a ringing tone, a dialled person.</summary>
internal sealed class Announcement(ReadOnlyMemory<byte> audio, TimeSpan length) : IFarEnd
{
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _frames = Frame.Count(length);
    private int _frame;

    public Task Finished => _finished.Task;

    public void Speak(Span<byte> frame)
    {
        var piece = audio.Span[Math.Min(_frame * Frame.Bytes, audio.Length)..];
        piece = piece[..Math.Min(piece.Length, frame.Length)];
        piece.CopyTo(frame);
        frame[piece.Length..].Fill(Mulaw.Silence);
    }

    public void Hear(ReadOnlySpan<byte> frame)
    {
        // Nobody listens; this is where the frame just filled ends.
        if (++_frame >= _frames)
            _finished.TrySetResult();
    }
}
