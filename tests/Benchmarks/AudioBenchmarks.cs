using BenchmarkDotNet.Attributes;
using Rapida.Audio;

namespace Benchmarks;

/// <summary>What one 20 ms frame of one call costs in the codec.</summary>
[MemoryDiagnoser]
public class CodecBenchmarks
{
    private readonly byte[] _codes = new byte[160];
    private readonly short[] _samples = new short[160];

    [GlobalSetup]
    public void Setup() => new Random(42).NextBytes(_codes);

    [Benchmark]
    public void DecodeMulaw() => Mulaw.Decode(_codes, _samples);

    [Benchmark]
    public void EncodeMulaw() => Mulaw.Encode(_samples, _codes);

    [Benchmark]
    public void DecodeAlaw() => Alaw.Decode(_codes, _samples);

    [Benchmark]
    public void EncodeAlaw() => Alaw.Encode(_samples, _codes);
}

/// <summary>What one 20 ms frame costs in the resampler.</summary>
[MemoryDiagnoser]
public class ResamplerBenchmarks
{
    private Resampler _resampler = null!;
    private short[] _input = null!;
    private short[] _output = null!;

    [Params("8000-16000", "16000-8000", "24000-8000", "22050-8000", "44100-8000", "48000-8000")]
    public string Rates { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var rates = Rates.Split('-').Select(int.Parse).ToArray();
        _resampler = new Resampler(rates[0], rates[1]);
        _input = Sounds.Tone(rates[0] / 50);
        _output = new short[rates[1] / 50];
    }

    [Benchmark]
    public int Resample() => _resampler.Resample(_input, _output);
}

/// <summary>What one 20 ms frame costs in the detectors, while the assistant speaks. Without the files of <c>make vad</c> both are the energy detector.</summary>
[MemoryDiagnoser]
public class VadBenchmarks
{
    private readonly short[] _near = Sounds.Tone(160);
    private readonly short[] _far = Sounds.Tone(160);
    private readonly IVoiceActivityDetector _energy = new VoiceActivityDetectors(VadKind.Energy).Create();
    private readonly IVoiceActivityDetector _best = new VoiceActivityDetectors(VadKind.Auto).Create();

    [Benchmark]
    public bool Energy() => _energy.Push(_near, _far).Voiced;

    [Benchmark]
    public bool SileroWhereInstalled() => _best.Push(_near, _far).Voiced;
}

internal static class Sounds
{
    public static short[] Tone(int samples) => [.. Enumerable.Range(0, samples).Select(i => (short)(8_000 * Math.Sin(2 * Math.PI * 440 * i / 8_000)))];
}
