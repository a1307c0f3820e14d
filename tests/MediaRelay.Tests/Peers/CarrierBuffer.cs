namespace Rapida.MediaRelay.Tests.Peers;

/// <summary>Twilio's side of the caller's ear: a FIFO of bytes that is drained 160 at a time, with marks in line.</summary>
internal sealed class CarrierBuffer
{
    private readonly Lock _lock = new();
    private readonly Queue<byte> _bytes = new();
    private readonly Queue<(long At, string Name)> _marks = new();
    private long _received;
    private long _played;

    public void Add(ReadOnlySpan<byte> mulaw)
    {
        lock (_lock)
        {
            foreach (var code in mulaw)
                _bytes.Enqueue(code);
            _received += mulaw.Length;
        }
    }

    /// <summary>A mark that nothing is before comes back with the next <see cref="TakeMarks"/>.</summary>
    public void AddMark(string name)
    {
        lock (_lock)
            _marks.Enqueue((_received, name));
    }

    public void Clear()
    {
        lock (_lock)
        {
            _bytes.Clear();
            _played = _received;
        }
    }

    /// <summary>20 ms of what the caller hears.</summary>
    public byte[] Play()
    {
        var frame = new byte[160];
        lock (_lock)
        {
            for (var i = 0; i < frame.Length; i++)
            {
                if (_bytes.TryDequeue(out frame[i]))
                    _played++;
                else
                    frame[i] = 0xFF;
            }
        }

        return frame;
    }

    public IReadOnlyList<string> TakeMarks()
    {
        lock (_lock)
        {
            var due = new List<string>();
            while (_marks.TryPeek(out var mark) && mark.At <= _played)
                due.Add(_marks.Dequeue().Name);
            return due;
        }
    }
}
