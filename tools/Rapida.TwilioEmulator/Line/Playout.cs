using Rapida.Audio;

namespace Rapida.TwilioEmulator.Line;

/// <summary>
/// Twilio's buffer between the server and the caller's ear: a FIFO of bytes, drained 160 at a time, with marks in line. A frame that runs
/// short is filled up with silence.
/// </summary>
internal sealed class Playout
{
    /// <summary>Ten minutes of mu-law; Twilio discards what comes beyond (31931).</summary>
    public const int Capacity = 4_800_000;

    private readonly Lock _lock = new();
    private readonly Queue<byte[]> _chunks = new();
    private readonly Queue<(long Position, string Name)> _marks = new();
    private int _offset;
    private long _received;
    private long _played;

    /// <summary>False: the buffer is full and the audio was discarded.</summary>
    public bool TryAdd(byte[] audio)
    {
        lock (_lock)
        {
            if (_received - _played + audio.Length > Capacity)
                return false;
            _chunks.Enqueue(audio);
            _received += audio.Length;
            return true;
        }
    }

    /// <summary>True: nothing is buffered, so that the mark is due at once and was not queued.</summary>
    public bool AddMark(string name)
    {
        lock (_lock)
        {
            if (_received == _played && _marks.Count == 0)
                return true;
            _marks.Enqueue((_received, name));
            return false;
        }
    }

    /// <summary>Drops all audio; every pending mark is due at once, oldest first.</summary>
    public IReadOnlyList<string> Clear()
    {
        lock (_lock)
        {
            _chunks.Clear();
            _offset = 0;
            _played = _received;
            return TakeDueMarks();
        }
    }

    public void Read(Span<byte> frame)
    {
        lock (_lock)
        {
            var filled = 0;
            while (filled < frame.Length && _chunks.TryPeek(out var chunk))
            {
                var piece = chunk.AsSpan(_offset, Math.Min(frame.Length - filled, chunk.Length - _offset));
                piece.CopyTo(frame[filled..]);
                filled += piece.Length;
                _offset += piece.Length;
                if (_offset < chunk.Length)
                    continue;
                _chunks.Dequeue();
                _offset = 0;
            }
            _played += filled;
            frame[filled..].Fill(Mulaw.Silence);
        }
    }

    /// <summary>Marks before which everything has been played.</summary>
    public IReadOnlyList<string> TakeMarks()
    {
        lock (_lock)
            return TakeDueMarks();
    }

    private List<string> TakeDueMarks()
    {
        var due = new List<string>();
        while (_marks.TryPeek(out var mark) && mark.Position <= _played)
            due.Add(_marks.Dequeue().Name);
        return due;
    }
}
