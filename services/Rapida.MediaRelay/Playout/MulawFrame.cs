using System.Runtime.CompilerServices;
using Rapida.Audio;

namespace Rapida.MediaRelay.Playout;

/// <summary>20 ms of mu-law as a value: no owner, nothing to return.</summary>
[InlineArray(Size)]
internal struct MulawFrame
{
    public const int Size = 160;

    private byte _first;

    public MulawFrame(ReadOnlySpan<byte> mulaw)
    {
        Span<byte> all = this;
        mulaw.CopyTo(all);
        all[mulaw.Length..].Fill(Mulaw.Silence);
    }

    public static TimeSpan Duration { get; } = TimeSpan.FromMilliseconds(20);
}
