using Rapida.MediaRelay.Sessions;

namespace Rapida.MediaRelay.Playout;

/// <summary>What an answer goes through, after the caller has been heard.</summary>
internal enum WaterfallStage
{
    FirstToken,
    FirstAudio,
    FirstSent,
    FirstConfirmed,
}

/// <summary>Where the time of one answer went: the first time that each stage was reached. Told by whoever reaches it, on whatever thread.</summary>
internal sealed class Waterfall(TimeProvider clock)
{
    private readonly long[] _reached = new long[Enum.GetValues<WaterfallStage>().Length];

    public void Reached(WaterfallStage stage)
    {
        ref var at = ref _reached[(int)stage];
        if (Volatile.Read(ref at) == 0)
            Interlocked.CompareExchange(ref at, clock.GetTimestamp(), 0);
    }

    /// <summary>Milliseconds since the caller's last voice; null: not reached.</summary>
    public int? Since(Question question, WaterfallStage stage) =>
        Volatile.Read(ref _reached[(int)stage]) is not 0 and var at ? Milliseconds(question, at) : null;

    /// <summary>When the caller's voice ended, as a clock on the wall says.</summary>
    public DateTimeOffset TimeOf(Question question) => clock.GetUtcNow() - clock.GetElapsedTime(question.VoiceAt);

    /// <summary>Milliseconds since the caller's last voice.</summary>
    public int Milliseconds(Question question, long timestamp) => (int)clock.GetElapsedTime(question.VoiceAt, timestamp).TotalMilliseconds;
}
