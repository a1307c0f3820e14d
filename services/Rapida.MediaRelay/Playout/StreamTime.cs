namespace Rapida.MediaRelay.Playout;

/// <summary>Time as a call counts it: samples of 8 kHz since the stream's first frame.</summary>
internal static class StreamTime
{
    public const int SampleRate = 8_000;

    public static long ToSamples(this TimeSpan time) => time.Ticks * SampleRate / TimeSpan.TicksPerSecond;

    public static TimeSpan ToTime(long samples) => TimeSpan.FromTicks(samples * TimeSpan.TicksPerSecond / SampleRate);

    public static int ToMilliseconds(long samples) => (int)(samples * 1_000 / SampleRate);
}
