namespace Rapida.Audio;

/// <summary>
/// Knows our own voice when the line brings it back, some 80 to 300 ms later and 10 to 30 dB softer. How late and how soft it learns from the stream: late as the
/// delay at which the caller's level follows ours best, soft as the smallest loss of late.
/// </summary>
/// <param name="tail">Frames for which the detector may still hear a voice after it has ended.</param>
internal sealed class EchoGate(int tail)
{
    // The longest way there and back that is reckoned with: 320 ms.
    private const int Delays = 17;

    // Softer than this the far end leaves no echo to speak of.
    private const float AudibleDb = -50;

    // What the line adds to an echo.
    private const float MarginDb = 1;

    // As long as nothing is known.
    private const float AssumedLossDb = 10;

    // Nobody's echo is louder than this, but many a caller is.
    private const float SmallestLossDb = 6;

    // Until our voice alone has been heard for so long the assumed loss holds. Then the loss is the smallest of the last four seconds of it.
    private const int FramesToLearn = 50;
    private const int Blocks = 4;

    // Only our loud sounds teach: those within 12 dB of the loudest, which is forgotten by 5 dB a second. Behind the others noise stands.
    private const float LoudWithinDb = 12;
    private const float ForgottenDb = 0.1f;

    // Nothing is learnt from 240 ms before the caller's voice to as long after: soft beginnings and ends are under the echo.
    private const int Guard = 12;

    // The correlation forgets with a time constant of 1.3 s.
    private const float Forgetting = 1 / 64f;
    private const float FollowsClosely = 0.8f;
    private const float CanBeNothingElse = 0.92f;

    private readonly LevelMeter _meter = new();
    private readonly float[] _far = [.. Enumerable.Repeat(Loudness.Floor, Delays + tail)];
    private readonly EnvelopeCorrelation _correlation = new(Delays, Forgetting);
    private readonly float[] _losses = new float[Guard];
    private readonly float[] _smallestLosses = new float[Blocks];
    private float _peak = Loudness.Floor;
    private int _alone;
    private int _learnt;

    /// <summary>dB that the echo is softer than what the caller hears of us.</summary>
    public float LossDb { get; private set; } = AssumedLossDb;

    /// <summary>Frames of 20 ms that the echo is late; null while there is none, or while it is not known.</summary>
    public int? Delay => _correlation.Best.Correlation > FollowsClosely ? _correlation.Best.Delay : null;

    /// <summary>Takes the next frame.</summary>
    /// <param name="near">The level of what came from the caller, in dBFS.</param>
    /// <param name="isVoice">Whether it would be a voice if there were no echo.</param>
    /// <param name="heardFarEnd">What the caller was hearing from us meanwhile; empty: nothing.</param>
    /// <returns>Whether it is the caller's voice: it is one, and louder than our own can be.</returns>
    public bool IsCaller(float near, bool isVoice, ReadOnlySpan<short> heardFarEnd)
    {
        _far.AsSpan(..^1).CopyTo(_far.AsSpan(1));
        _far[0] = _meter.Push(heardFarEnd);
        var loudest = LoudestOf(_far);
        if (loudest < AudibleDb)
            return isVoice;

        _correlation.Push(near, _far.AsSpan(0, Delays));
        // With the frame before and at least the one after: an echo is no multiple of 20 ms late.
        var ours = Delay is { } delay ? LoudestOf(_far.AsSpan(Math.Max(0, delay - 1)..(delay + 1 + tail))) : loudest;
        var isCaller = isVoice && near > ours - LossDb + MarginDb;
        _peak = Math.Max(loudest, _peak - ForgottenDb);
        if (ours > _peak - LoudWithinDb)
            Compare(ours - near, isCaller);
        else if (isCaller)
            _alone = 0;
        return isCaller;
    }

    private void Compare(float loss, bool isCaller)
    {
        if (_correlation.Best.Correlation > CanBeNothingElse)
        {
            Learn(loss);
            return;
        }

        _alone = isCaller ? 0 : _alone + 1;
        ref var place = ref _losses[_alone % Guard];
        if (_alone > 2 * Guard)
            Learn(place);
        place = loss;
    }

    private void Learn(float loss)
    {
        ref var smallest = ref _smallestLosses[_learnt / FramesToLearn % Blocks];
        smallest = _learnt % FramesToLearn == 0 ? loss : Math.Min(smallest, loss);
        _learnt++;
        if (_learnt < FramesToLearn)
            return;

        var least = float.MaxValue;
        foreach (var candidate in _smallestLosses.AsSpan(0, Math.Min(Blocks, (_learnt + FramesToLearn - 1) / FramesToLearn)))
            least = Math.Min(least, candidate);
        LossDb = Math.Max(SmallestLossDb, least);
    }

    private static float LoudestOf(ReadOnlySpan<float> levels)
    {
        var loudest = Loudness.Floor;
        foreach (var level in levels)
            loudest = Math.Max(loudest, level);
        return loudest;
    }
}
