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

        for (var delay = 0; delay < far.Length; delay++)
        {
            var level = Math.Max(0, far[delay] - Softest);
            Follow(ref _far[delay], level);
            Follow(ref _farSquared[delay], level * level);
            Follow(ref _product[delay], level * near);
        }

        Best = FindBest();
    }

    private (int Delay, float Correlation) FindBest()
    {
        // The sums begin at zero; divided by the weight that they have so far they are averages. Half a time constant is too little to go by.
        var scale = 1 / _weight;
        var near = _near * scale;
        var nearVariance = _nearSquared * scale - near * near;
        if (_weight < 0.4f || nearVariance < LeastVariance)
            return default;

        (int Delay, float Correlation) best = default;
        for (var delay = 0; delay < _far.Length; delay++)
        {
            var far = _far[delay] * scale;
            var farVariance = _farSquared[delay] * scale - far * far;
            var covariance = _product[delay] * scale - near * far;
            // Most delays are not worth a root: nothing is if it does not follow at all, or less than what was found.
            if (farVariance < LeastVariance || covariance <= 0 || covariance * covariance <= best.Correlation * best.Correlation * nearVariance * farVariance)
                continue;
            best = (delay, covariance / MathF.Sqrt(nearVariance * farVariance));
        }

        return best;
    }

    private void Follow(ref float average, float value) => average += (value - average) * forgetting;
}
