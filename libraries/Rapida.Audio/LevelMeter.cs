namespace Rapida.Audio;

/// <summary>The level of a stream, frame by frame, without what telephones do not carry: hum, offset, rumble.</summary>
internal sealed class LevelMeter
{
    // One pole at about 300 Hz (8 kHz), where the telephone's band begins. Noise is strongest below, and fewest periods of it make a frame:
    // with them its level would swing as speech does.
    private const float HighPass = 0.79f;

    private float _lastInput;
    private float _lastOutput;

    /// <summary>dBFS; <see cref="Loudness.Floor"/> of an empty frame.</summary>
    public float Push(ReadOnlySpan<short> samples)
    {
        if (samples.IsEmpty)
            return Loudness.Floor;

        var (input, output, sum) = (_lastInput, _lastOutput, 0f);
        foreach (var sample in samples)
        {
            output = HighPass * (output + sample - input);
            input = sample;
            sum += output * output;
        }

        (_lastInput, _lastOutput) = (input, output);
        return Loudness.FromPower(sum / samples.Length);
    }
}
