using System.Runtime.CompilerServices;

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
    // Inputs that are worked on at once: 20 ms of 48 kHz.
    private const int BlockLength = 960;

    private readonly PolyphaseFilter _filter;

    // The inputs that the next outputs still need, then those of the block in work: always in one piece.
    private readonly float[] _inputs;
    private readonly float[] _everyNthInput;
    private readonly float[] _sums;
    private readonly short[] _samples = new short[BlockLength + Fir.Block];

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
        _inputs = new float[Remembered + BlockLength + Fir.Block];
        _everyNthInput = _filter.Decimation == 1 ? _inputs : new float[_inputs.Length];
        _sums = new float[Math.Max(BlockLength, OutputLength(BlockLength)) + Fir.Block];
    }

    /// <summary>Samples per second that go in.</summary>
    public int InputRate { get; }

    /// <summary>Samples per second that come out.</summary>
    public int OutputRate { get; }

    /// <summary>How much later a sound comes out than it went in.</summary>
    public TimeSpan Delay => _filter.Delay;

    /// <summary>How many samples the next <paramref name="inputLength"/> inputs will give.</summary>
    public int OutputLength(int inputLength) =>
        (int)(((long)inputLength * _filter.Interpolation - _phase + _filter.Decimation - 1) / _filter.Decimation);

    /// <summary>How many samples <see cref="Flush"/> will give.</summary>
    public int FlushLength => OutputLength(InputsInDelay);

    /// <summary>Converts all of <paramref name="input"/> and returns how many samples were written.</summary>
    /// <exception cref="ArgumentException"><paramref name="output"/> is shorter than <see cref="OutputLength"/>; nothing was consumed.</exception>
    public int Resample(ReadOnlySpan<short> input, Span<short> output)
    {
        if (output.Length < OutputLength(input.Length))
            throw new ArgumentException($"Needs room for {OutputLength(input.Length)} samples, has {output.Length}.", nameof(output));

        var written = 0;
        for (; input.Length > BlockLength; input = input[BlockLength..])
            written += ResampleBlock(input[..BlockLength], output[written..]);
        return written + ResampleBlock(input, output[written..]);
    }

    /// <summary>
    /// The stream is over: gives the sound that is still on its way, <see cref="Delay"/> rounded up, and forgets everything, so that another stream may begin.
    /// </summary>
    /// <returns>How many samples were written.</returns>
    /// <exception cref="ArgumentException"><paramref name="output"/> is shorter than <see cref="FlushLength"/>; nothing has changed.</exception>
    public int Flush(Span<short> output)
    {
        Span<short> silence = stackalloc short[InputsInDelay];
        silence.Clear();
        var written = Resample(silence, output);
        Array.Clear(_inputs);
        _phase = 0;
        return written;
    }

    private int Remembered => _filter.Length - 1;

    private int InputsInDelay => (int)Math.Ceiling(Delay.TotalSeconds * InputRate);

    private int ResampleBlock(ReadOnlySpan<short> block, Span<short> output)
    {
        Fir.FromSamples(block, _inputs.AsSpan(Remembered));
        var count = OutputLength(block.Length);
        if (_filter.HasManyPhases)
            OneByOne(output[..count]);
        else
            PhaseByPhase(output[..count]);

        _phase += count * _filter.Decimation - block.Length * _filter.Interpolation;
        _inputs.AsSpan(block.Length, Remembered).CopyTo(_inputs);
        return count;
    }

    private void OneByOne(Span<short> output)
    {
        var position = _phase;
        for (var i = 0; i < output.Length; i++, position += _filter.Decimation)
        {
            var (newest, phase) = Math.DivRem(position, _filter.Interpolation);
            _sums[i] = Fir.Dot(_filter.Taps(phase), _inputs.AsSpan(newest));
        }

        Fir.ToSamples(_sums.AsSpan(0, output.Length), output);
    }

    // Every output of one phase has the same taps, and its inputs begin Decimation after those of the one before.
    private void PhaseByPhase(Span<short> output)
    {
        var stride = _filter.Interpolation;
        for (var first = 0; first < Math.Min(stride, output.Length); first++)
        {
            var (newest, phase) = Math.DivRem(_phase + first * _filter.Decimation, _filter.Interpolation);
            var count = (output.Length - first + stride - 1) / stride;
            var sums = _sums.AsSpan(0, (count + Fir.Block - 1) / Fir.Block * Fir.Block);
            sums.Clear();
            for (var offset = 0; offset < _filter.Decimation; offset++)
                Fir.Accumulate(_filter.Taps(phase), offset, _filter.Decimation, EveryNthInput(newest + offset, count), sums);

            var samples = stride == 1 ? output : _samples.AsSpan(0, count);
            Fir.ToSamples(sums[..count], samples);
            for (var i = 0; stride > 1 && i < count; i++)
                output[first + i * stride] = samples[i];
        }
    }

    private ReadOnlySpan<float> EveryNthInput(int first, int outputs)
    {
        var step = _filter.Decimation;
        if (step == 1)
            return _inputs.AsSpan(first);

        var picked = _everyNthInput.AsSpan(0, outputs + _filter.Length / step - 1);
        ref var input = ref _inputs.AsSpan(first, (picked.Length - 1) * step + 1)[0];
        for (var i = 0; i < picked.Length; i++)
        {
            picked[i] = input;
            input = ref Unsafe.Add(ref input, step);
        }

        return _everyNthInput;
    }
}
