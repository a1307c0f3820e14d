using System.Collections.Concurrent;
using System.Diagnostics;

namespace Recording.Tests;

/// <summary>Hears the spans of a source, as a collector does.</summary>
internal sealed class SpanEars : IDisposable
{
    private readonly ActivityListener _listener;

    public SpanEars(string source)
    {
        _listener = new()
        {
            ShouldListenTo = candidate => candidate.Name == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public ConcurrentQueue<Activity> Ended { get; } = [];

    public void Dispose() => _listener.Dispose();
}
