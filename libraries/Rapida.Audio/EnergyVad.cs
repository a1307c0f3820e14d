namespace Rapida.Audio;

/// <summary>
/// Voice is what stands out of the background: a frame is voiced when its energy is well above a noise floor that follows the quietest moments of the
/// last 1.6 s. A lasting noise therefore becomes floor after at most that long; speech does not, because it pauses between syllables.
/// </summary>
/// <remarks>
/// While we speak, the near end must also be louder than the echo that a telephone returns of us. It does not tell a voice from any
/// other sound, nor the caller from a voice behind the caller. Allocates nothing after construction.
/// </remarks>
public sealed class EnergyVad(EnergyVadOptions? options = null) : IVoiceActivityDetector
{
    // One pole at about 100 Hz (8 kHz): mains hum and DC offset say nothing about speech.
    private const float HighPass = 0.92f;

    // The longest that a line takes to bring our own voice back, 240 ms.
    private const int EchoFrames = 12;

    private readonly EnergyVadOptions _options = options ?? new();
    private readonly RunningMinimum _noise = new(initial: -50);
    private readonly float[] _farLevels = Enumerable.Repeat(Loudness.Floor, EchoFrames).ToArray();
    private int _frame;
    private bool _voiced;
    private float _lastInput;
    private float _lastOutput;

    /// <inheritdoc/>
    public VoiceActivity Push(ReadOnlySpan<short> near, ReadOnlySpan<short> heardFarEnd)
    {
        var level = LevelOf(near);
        var noise = _noise.Push(level);
        var echo = EchoOf(heardFarEnd);

        var margin = _voiced ? _options.ReleaseDb : _options.AttackDb;
        _voiced = level > Math.Max(noise + margin, _options.QuietestVoiceDb) && level > echo;
        return new VoiceActivity(_voiced, level, noise);
    }

    private float EchoOf(ReadOnlySpan<short> heardFarEnd)
    {
        _farLevels[_frame++ % EchoFrames] = Loudness.Of(heardFarEnd);
        return MaxOf(_farLevels) - _options.EchoLossDb;
    }

    private float LevelOf(ReadOnlySpan<short> samples)
    {
        if (samples.IsEmpty)
            return Loudness.Floor;

        double sum = 0;
        foreach (var sample in samples)
        {
            _lastOutput = HighPass * (_lastOutput + sample - _lastInput);
            _lastInput = sample;
            sum += _lastOutput * _lastOutput;
        }

        return Loudness.FromPower(sum / samples.Length);
    }

    private static float MaxOf(ReadOnlySpan<float> values)
    {
        var max = Loudness.Floor;
        foreach (var value in values)
            max = Math.Max(max, value);
        return max;
    }
}

/// <summary>How far voice must stand out. The defaults suit telephone lines.</summary>
public sealed record EnergyVadOptions
{
    /// <summary>dB above the noise floor at which a voice begins.</summary>
    public float AttackDb { get; init; } = 9;

    /// <summary>dB above the noise floor at which it ends; lower than <see cref="AttackDb"/>, so that a fading syllable stays whole.</summary>
    public float ReleaseDb { get; init; } = 6;

    /// <summary>Nothing softer than this (dBFS) is a voice, however quiet the line.</summary>
    public float QuietestVoiceDb { get; init; } = -52;

    /// <summary>dB that a line's echo of us is softer than what the caller hears.</summary>
    public float EchoLossDb { get; init; } = 18;
}
