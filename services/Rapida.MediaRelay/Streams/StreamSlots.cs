using Microsoft.Extensions.Options;
using Rapida.MediaRelay.Sessions;
using Rapida.MediaRelay.Settings;

namespace Rapida.MediaRelay.Streams;

/// <summary>How many streams this relay carries.</summary>
internal sealed class StreamSlots(IOptions<RelayOptions> options)
{
    private readonly int _most = options.Value.MaxStreams;
    private int _taken;

    /// <summary>A place for one stream, given back when it is disposed of; null when there is none.</summary>
    public IDisposable? TryTake()
    {
        if (Interlocked.Increment(ref _taken) > _most)
        {
            Interlocked.Decrement(ref _taken);
            return null;
        }

        RelayMetrics.Streams.Add(1);
        return new Slot(this);
    }

    private sealed class Slot(StreamSlots slots) : IDisposable
    {
        public void Dispose()
        {
            Interlocked.Decrement(ref slots._taken);
            RelayMetrics.Streams.Add(-1);
        }
    }
}
