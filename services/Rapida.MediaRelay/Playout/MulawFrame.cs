using System.Runtime.CompilerServices;
using Rapida.Audio;

namespace Rapida.MediaRelay.Playout;

/// <summary>20 ms of mu-law as a value: no owner, nothing to return.</summary>
[InlineArray(Size)]
internal struct MulawFrame
{
    public const int Size = 160;

    // dBFS: as soft as this, nobody hears it.
    private const float InaudibleDb = -54;

    private byte _first;

    public MulawFrame(ReadOnlySpan<byte> mulaw)
    {
        Span<byte> all = this;
        mulaw.CopyTo(all);
        all[mulaw.Length..].Fill(Mulaw.Silence);
    }

    public static TimeSpan Duration { get; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Somebody hears it.</summary>
    public readonly bool IsAudible => LevelDb > InaudibleDb;

    /// <summary>dBFS.</summary>
    public readonly float LevelDb
    {
        get
        {
            Span<short> samples = stackalloc short[Size];
            Mulaw.Decode(this, samples);
            return Loudness.Of(samples);
        }
    }

    /// <summary>Whether anybody would hear these samples.</summary>
    public static bool WouldBeAudible(ReadOnlySpan<short> samples) => Loudness.Of(samples) > InaudibleDb;
}
