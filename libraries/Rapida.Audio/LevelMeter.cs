namespace Rapida.Audio;

/// <summary>The level of a stream, frame by frame, without hum, offset and rumble.</summary>
internal sealed class LevelMeter
{
    // Noise is strongest below 100 Hz, and fewest periods of it make a frame: with them its level would swing as speech does. Two poles at about
    // 140 Hz (8 kHz), not one at 300 Hz: as much rumble goes, and less of the pitch, by which a voice stands out of white noise.
    private const float Pole = 0.9f;

    private float _input1, _input2;
    private float _output1, _output2;

    /// <summary>dBFS; <see cref="Loudness.Floor"/> of an empty frame.</summary>
    public float Push(ReadOnlySpan<short> samples)
    {
        if (samples.IsEmpty)
            return Loudness.Floor;

        // Both poles in one step, the sample before last first: each sample waits for one multiplication of the one before it, and that is what this costs.
        var (input1, input2, output1, output2, sum) = (_input1, _input2, _output1, _output2, 0f);
        foreach (var sample in samples)
        {
            float input = sample;
            var output = MathF.FusedMultiplyAdd(2 * Pole, output1, MathF.FusedMultiplyAdd(-Pole * Pole, output2, Pole * Pole * (input - 2 * input1 + input2)));
            (input1, input2, output1, output2) = (input, input1, output, output1);
            sum = MathF.FusedMultiplyAdd(output, output, sum);
        }

        (_input1, _input2, _output1, _output2) = (input1, input2, output1, output2);
        return Loudness.FromPower(sum / samples.Length);
    }
}
