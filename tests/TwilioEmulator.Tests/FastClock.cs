using System.Diagnostics;

namespace Rapida.TwilioEmulator.Tests;

/// <summary>Real time, several times faster: sockets and pacing stay real, and a pause of a second costs a tenth.</summary>
internal sealed class FastClock(int speed) : TimeProvider
{
    private readonly DateTimeOffset _startedAt = System.GetUtcNow();
    private readonly long _started = Stopwatch.GetTimestamp();

    public override long TimestampFrequency => Stopwatch.Frequency;

    public override long GetTimestamp() => (Stopwatch.GetTimestamp() - _started) * speed;

    public override DateTimeOffset GetUtcNow() => _startedAt + GetElapsedTime(0);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Faster(dueTime), Faster(period));

    private TimeSpan Faster(TimeSpan time) => time <= TimeSpan.Zero ? time : time / speed;
}
