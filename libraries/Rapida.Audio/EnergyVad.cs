namespace Rapida.Audio;

/// <summary>
/// Voice is what stands out of the background: a frame is voiced when its energy is well above a noise floor that follows the quietest moments of the
/// last 1.6 s. A lasting noise therefore becomes floor after at most that long; speech does not, because it pauses between syllables.
/// </summary>
/// <remarks>
/// While we speak, the near end must also be louder than the echo that the line returns of us. It does not tell a voice from any
/// other sound, nor the caller from a voice behind the caller. Allocates nothing after construction.
/// </remarks>
public sealed class EnergyVad(EnergyVadOptions? options = null) : IVoiceActivityDetector
{
    private readonly EnergyVadOptions _options = options ?? new();
    private readonly LevelMeter _meter = new();
    private readonly BackgroundNoise _noise = new(level: -50);
    private readonly EchoGate _echo = new(tail: 1);
    private bool _voiced;

    /// <inheritdoc/>
    public VoiceActivity Push(ReadOnlySpan<short> near, ReadOnlySpan<short> heardFarEnd)
    {
        var level = _meter.Push(near);
        var noise = _noise.Push(level);
        var margin = _voiced ? _options.ReleaseDb : _options.AttackDb;
        var standsOut = level > Math.Max(noise + margin, _options.QuietestVoiceDb);
        _voiced = _echo.IsCaller(level, standsOut, heardFarEnd);
        return new VoiceActivity(_voiced, level, noise);
    }
}

/// <summary>How far voice must stand out. The defaults suit telephone lines.</summary>
public sealed record EnergyVadOptions
{
    /// <summary>dB above the noise floor at which a voice begins.</summary>
    public float AttackDb { get; init; } = 9.5f;

    /// <summary>dB above the noise floor at which it ends; lower than <see cref="AttackDb"/>, so that a fading syllable stays whole.</summary>
    public float ReleaseDb { get; init; } = 3;

    /// <summary>Nothing softer than this (dBFS) is a voice, however quiet the line.</summary>
    public float QuietestVoiceDb { get; init; } = -54;
}
