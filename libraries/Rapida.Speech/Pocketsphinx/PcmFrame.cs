using System.Runtime.CompilerServices;

namespace Rapida.Speech.Pocketsphinx;

/// <summary>At most 20 ms of 16 kHz sound, by value: a queue of them costs no allocation per frame.</summary>
internal struct PcmFrame
{
    public const int Capacity = 320;

    private Buffer _samples;
    private int _length;

    public PcmFrame(ReadOnlySpan<short> samples)
    {
        samples.CopyTo(_samples);
        _length = samples.Length;
    }

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ReadOnlySpan<short> Samples => ((ReadOnlySpan<short>)_samples)[.._length];

    [InlineArray(Capacity)]
    private struct Buffer
    {
        private short _first;
    }
}
