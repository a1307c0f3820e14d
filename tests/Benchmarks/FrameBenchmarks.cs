using BenchmarkDotNet.Attributes;
using Rapida.Audio;

namespace Benchmarks;

/// <summary>What one 20 ms frame of one call costs in the codec and the resampler.</summary>
[MemoryDiagnoser]
public class FrameBenchmarks
{
    private readonly byte[] _mulaw = new byte[160];
    private readonly short[] _narrow = new short[160];
    private readonly short[] _wide = new short[320];
    private readonly Resampler _up = new(8_000, 16_000);
    private readonly Resampler _down = new(16_000, 8_000);

    [GlobalSetup]
    public void Setup() => new Random(42).NextBytes(_mulaw);

    [Benchmark]
    public void DecodeMulaw() => Mulaw.Decode(_mulaw, _narrow);

    [Benchmark]
    public void EncodeMulaw() => Mulaw.Encode(_narrow, _mulaw);

    [Benchmark]
    public int UpTo16Khz() => _up.Resample(_narrow, _wide);

    [Benchmark]
    public int DownTo8Khz() => _down.Resample(_wide, _narrow);
}
