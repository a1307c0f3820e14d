using Rapida.Audio;

namespace Rapida.TwilioEmulator.Line;

/// <summary>The unit of everything that is heard: 20 ms of mu-law.</summary>
internal static class Frame
{
    public const int Bytes = 160;
    public const int Milliseconds = 20;

    // Quieter than any speech on a telephone, louder than the dither of a synthesiser's pause.
    private const float AudibleDecibels = -54;

    public static readonly TimeSpan Length = TimeSpan.FromMilliseconds(Milliseconds);

    public static bool IsAudible(ReadOnlySpan<byte> frame)
    {
        Span<short> samples = stackalloc short[Bytes];
        Mulaw.Decode(frame, samples);
        return Loudness.Of(samples[..frame.Length]) > AudibleDecibels;
    }

    public static int Count(TimeSpan time) => (int)(time.Ticks / Length.Ticks);

    /// <summary>How long these bytes sound; the last frame counts as a whole.</summary>
    public static TimeSpan Duration(ReadOnlyMemory<byte> audio) => Length * ((audio.Length + Bytes - 1) / Bytes);
}
