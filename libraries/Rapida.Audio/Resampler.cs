namespace Rapida.Audio;

/// <summary>
/// Converts one stream of 16-bit samples from one sample rate to another. Keep one instance for the whole stream and direction: its state makes
/// the joints between frames inaudible, and any split of the input gives the same output.
/// </summary>
/// <remarks>
/// 20 ms in are 20 ms out, from the first frame on. The delay is fixed (2.4 ms between 8 and 16 kHz), the pass-band to 3.4 kHz is flat to 0.1 dB, and
/// what lies above 4.6 kHz is 80 dB down (of 8 kHz; other rates in proportion to the lower one). Not thread-safe. Allocates nothing after construction.
/// </remarks>
public sealed class Resampler
{
    private readonly PolyphaseFilter _filter;

    // Every input is written twice, one length apart, so that the newest inputs always lie in one piece.
    private readonly float[] _inputs;
    private int _next;

    // Positions from the newest input to the next output.
    private int _phase;

    /// <param name="inputRate">Samples per second, for example 8,000.</param>
    /// <param name="outputRate">Samples per second, for example 16,000.</param>
    public Resampler(int inputRate, int outputRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputRate, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputRate, 1);
        InputRate = inputRate;
        OutputRate = outputRate;
        _filter = PolyphaseFilter.For(inputRate, outputRate);
        _inputs = new float[2 * _filter.Length];
    }

    public int InputRate { get; }

    public int OutputRate { get; }

    /// <summary>How much later a sound comes out than it went in.</summary>
    public TimeSpan Delay => _filter.Delay;

    /// <summary>How many samples the next <paramref name="inputLength"/> inputs will give.</summary>
    public int OutputLength(int inputLength) =>
        (int)(((long)inputLength * _filter.Interpolation - _phase + _filter.Decimation - 1) / _filter.Decimation);

    /// <summary>Converts all of <paramref name="input"/> and returns how many samples were written.</summary>
    /// <exception cref="ArgumentException"><paramref name="output"/> is shorter than <see cref="OutputLength"/>; nothing was consumed.</exception>
    public int Resample(ReadOnlySpan<short> input, Span<short> output)
    {
        if (output.Length < OutputLength(input.Length))
            throw new ArgumentException($"Needs room for {OutputLength(input.Length)} samples, has {output.Length}.", nameof(output));

        var written = 0;
        foreach (var sample in input)
        {
            Remember(sample);
            for (; _phase < _filter.Interpolation; _phase += _filter.Decimation)
                output[written++] = ToSample(_filter.Apply(_phase, _inputs.AsSpan(_next, _filter.Length)));
            _phase -= _filter.Interpolation;
        }

        return written;
    }

    private void Remember(float sample)
    {
        _inputs[_next] = sample;
        _inputs[_next + _filter.Length] = sample;
        _next = _next + 1 == _filter.Length ? 0 : _next + 1;
    }

    private static short ToSample(float value) => (short)Math.Clamp(MathF.Round(value), short.MinValue, short.MaxValue);
}
