namespace Rapida.Audio;

/// <summary>How well the near end's level follows the far end's, for each delay, of late (Pearson's correlation with exponential forgetting).</summary>
internal sealed class EnvelopeCorrelation(int delays, float forgetting)
{
    // Below this all is silence.
    private const float Softest = -60;

    // Fewer dB of variation than this say nothing.
    private const float LeastVariance = 4;

    private readonly float[] _far = new float[delays];
    private readonly float[] _farSquared = new float[delays];
    private readonly float[] _product = new float[delays];
    private float _near;
    private float _nearSquared;
    private float _weight;

    /// <summary>The delay, in frames, with the highest correlation (−1 to 1).</summary>
    public (int Delay, float Correlation) Best { get; private set; }

    /// <param name="near">This frame's level in dBFS.</param>
    /// <param name="far">The far end's level now, one frame ago, two frames ago…</param>
    public void Push(float near, ReadOnlySpan<float> far)
    {
        // Above silence: the sums then are small numbers.
        near = Math.Max(0, near - Softest);
        Follow(ref _near, near);
        Follow(ref _nearSquared, near * near);
        Follow(ref _weight, 1);

        (int Delay, float Correlation) best = (0, 0);
        for (var delay = 0; delay < far.Length; delay++)
        {
            var level = Math.Max(0, far[delay] - Softest);
            Follow(ref _far[delay], level);
            Follow(ref _farSquared[delay], level * level);
            Follow(ref _product[delay], level * near);
            var correlation = CorrelationAt(delay);
            if (correlation > best.Correlation)
                best = (delay, correlation);
        }

        Best = best;
    }

    // The sums begin at zero; divided by the weight that they have so far they are averages. Half a time constant is too little to go by.
    private float CorrelationAt(int delay)
    {
        if (_weight < 0.4f)
            return 0;

        var (near, far) = (_near / _weight, _far[delay] / _weight);
        var nearVariance = _nearSquared / _weight - near * near;
        var farVariance = _farSquared[delay] / _weight - far * far;
        return nearVariance < LeastVariance || farVariance < LeastVariance
            ? 0
            : (_product[delay] / _weight - near * far) / MathF.Sqrt(nearVariance * farVariance);
    }

    private void Follow(ref float average, float value) => average += (value - average) * forgetting;
}
