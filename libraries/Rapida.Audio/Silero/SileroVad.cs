namespace Rapida.Audio.Silero;

/// <summary>
/// Voice is what a small neural network holds for one: it tells speech from noise far better than energy does, also when the noise is as loud. It does not know
/// our own voice in the line's echo, so that is judged by level, as with <see cref="EnergyVad"/>. Takes 8 kHz. Allocates nothing after construction.
/// </summary>
public sealed class SileroVad : IVoiceActivityDetector, IDisposable
{
    // The model judges 32 ms at a time, and wants to see the last 4 ms before them again.
    private const int Window = 256;
    private const int Context = 32;
    private const int StateLength = 2 * 128;

    // The thresholds of the model's authors: a voice begins at the one and ends below the other.
    private const float BeginsAt = 0.5f;
    private const float EndsBelow = 0.35f;

    // For 120 ms after its end, two windows and what the network remembers.
    private const int Tail = 6;

    private readonly SileroModel _model;
    private readonly float[] _samples = Pinned<float>(Context + Window);
    private readonly float[] _state = Pinned<float>(StateLength);
    private readonly float[] _nextState = Pinned<float>(StateLength);
    private readonly float[] _probability = Pinned<float>(1);
    private readonly Tensor[] _tensors;
    private readonly nint[] _inputs;
    private readonly nint[] _outputs;
    private readonly LevelMeter _meter = new();
    private readonly BackgroundNoise _noise = new(level: -50);
    private readonly EchoGate _echo = new(tail: Tail);
    private int _filled;
    private bool _isVoice;

    /// <summary>A detector for one call.</summary>
    public SileroVad(SileroModel model)
    {
        _model = model;
        var rate = Pinned<long>(1);
        rate[0] = 8_000;
        _tensors =
        [
            model.Runtime.Wrap(_samples, [1, Context + Window]), model.Runtime.Wrap(_state, [2, 1, 128]), model.Runtime.Wrap(rate, []),
            model.Runtime.Wrap(_probability, [1, 1]), model.Runtime.Wrap(_nextState, [2, 1, 128]),
        ];
        var handles = Array.ConvertAll(_tensors, tensor => tensor.DangerousGetHandle());
        (_inputs, _outputs) = (handles[..3], handles[3..]);
    }

    /// <summary>How probable a voice was in the last 32 ms that are complete, 0 to 1.</summary>
    public float Probability => _probability[0];

    /// <inheritdoc/>
    public VoiceActivity Push(ReadOnlySpan<short> near, ReadOnlySpan<short> heardFarEnd)
    {
        var level = _meter.Push(near);
        var noise = _noise.Push(level);
        for (var samples = near; !samples.IsEmpty;)
        {
            var taken = Math.Min(samples.Length, Window - _filled);
            for (var i = 0; i < taken; i++)
                _samples[Context + _filled + i] = samples[i] / 32768f;
            samples = samples[taken..];
            _filled += taken;
            if (_filled == Window)
                Judge();
        }

        return new VoiceActivity(_echo.IsCaller(level, _isVoice, heardFarEnd), level, noise);
    }

    /// <summary>The call is over.</summary>
    public void Dispose()
    {
        foreach (var tensor in _tensors)
            tensor.Dispose();
    }

    private void Judge()
    {
        _model.Run(_inputs, _outputs);
        _nextState.CopyTo(_state, 0);
        _samples.AsSpan(Window).CopyTo(_samples);
        _filled = 0;
        _isVoice = Probability >= (_isVoice ? EndsBelow : BeginsAt);
    }

    private static T[] Pinned<T>(int length) => GC.AllocateArray<T>(length, pinned: true);
}
