using Rapida.TwilioEmulator.Line;

namespace Rapida.TwilioEmulator.Caller;

/// <summary>A sound of the score and its place in it.</summary>
/// <param name="Audio">mu-law at 8 kHz in whole frames, without silence before or after.</param>
/// <param name="Stretch">Counted from the beginning of this stretch of the far end's speech; the first is 1.</param>
/// <param name="Offset">So long after that beginning.</param>
internal sealed record Cue(ReadOnlyMemory<byte> Audio, int Stretch, TimeSpan Offset)
{
    public int Frames => Audio.Length / Frame.Bytes;

    /// <summary>Cuts the silence off both ends, so that the cue's beginning is its first sound. Silence alone stays as it is.</summary>
    public static Cue Of(CallerScript recording, int stretch, TimeSpan offset)
    {
        var (first, last) = (0, recording.Frames - 1);
        while (first < last && !Frame.IsAudible(recording.FrameAt(first)))
            first++;
        while (last > first && !Frame.IsAudible(recording.FrameAt(last)))
            last--;
        if (!Frame.IsAudible(recording.FrameAt(first)))
            (first, last) = (0, recording.Frames - 1);
        return new Cue(recording.Audio.AsMemory(first * Frame.Bytes, (last - first + 1) * Frame.Bytes), stretch, offset);
    }
}
