using Rapida.Audio;

namespace Rapida.MediaRelay.Playout;

/// <summary>20 ms of mu-law, the unit in which a line carries sound.</summary>
internal static class MulawFrame
{
    /// <summary>Bytes, and samples.</summary>
    public const int Size = 160;

    // dBFS: as soft as this, nobody hears it.
    private const float InaudibleDb = -54;

    public static TimeSpan Duration { get; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Whether anybody would hear these samples.</summary>
    public static bool IsAudible(ReadOnlySpan<short> samples) => Loudness.Of(samples) > InaudibleDb;

    /// <summary>dBFS.</summary>
    public static float LevelOf(ReadOnlySpan<byte> mulaw)
    {
        Span<short> samples = stackalloc short[Size];
        Mulaw.Decode(mulaw, samples);
        return Loudness.Of(samples[..mulaw.Length]);
    }
}
