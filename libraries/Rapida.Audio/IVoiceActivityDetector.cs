namespace Rapida.Audio;

/// <summary>Decides frame by frame whether the caller speaks. One instance per call; not thread-safe.</summary>
public interface IVoiceActivityDetector
{
    /// <summary>Judges one frame (20 ms as a rule).</summary>
    /// <param name="near">What came from the caller.</param>
    /// <param name="heardFarEnd">What the caller was hearing from us meanwhile, same rate; empty when nothing was playing. Its echo is not speech.</param>
    VoiceActivity Push(ReadOnlySpan<short> near, ReadOnlySpan<short> heardFarEnd);
}

/// <summary>The judgement of one frame.</summary>
/// <param name="Voiced">Someone speaks near the telephone.</param>
/// <param name="LevelDb">The frame's level in dBFS, from about 300 Hz on.</param>
/// <param name="NoiseDb">The level in dBFS that is held for background noise.</param>
public readonly record struct VoiceActivity(bool Voiced, float LevelDb, float NoiseDb);
