namespace Rapida.Audio;

/// <summary>The level of a stream, frame by frame, without hum, offset and rumble.</summary>
internal sealed class LevelMeter
{
    // Noise is strongest below 100 Hz, and fewest periods of it make a frame: with them its level would swing as speech does. Two poles at about
    // 140 Hz (8 kHz), not one at 300 Hz: as much rumble goes, and less of the pitch, by which a voice stands out of white noise.
    private const float HighPass = 0.9f;

    private float _lastInput;
    private float _lastMiddle;
    private float _lastOutput;

    /// <summary>dBFS; <see cref="Loudness.Floor"/> of an empty frame.</summary>
    public float Push(ReadOnlySpan<short> samples)
    {
        if (samples.IsEmpty)
            return Loudness.Floor;

        var (input, middle, output, sum) = (_lastInput, _lastMiddle, _lastOutput, 0f);
        foreach (var sample in samples)
        {
            var before = middle;
            middle = HighPass * (middle + sample - input);
            output = HighPass * (output + middle - before);
            input = sample;
            sum += output * output;
        }

        (_lastInput, _lastMiddle, _lastOutput) = (input, middle, output);
        return Loudness.FromPower(sum / samples.Length);
    }
}
