using System.Threading.Channels;
using Rapida.Conversations.V1;
using Rapida.MediaRelay.Sessions;

namespace Rapida.MediaRelay.Journal;

/// <summary>
/// Journal entries from when they are made until Recording has stored them, in the order in which they were made. In memory for now: what is in here
/// dies with the process.
/// </summary>
internal sealed class UnstoredEntries(int maxBytes) : IJournalSink
{
    private readonly Lock _lock = new();
    private readonly LinkedList<JournalEntry> _entries = new();
    private readonly Dictionary<(string ConversationId, int Attempt), Queue<LinkedListNode<JournalEntry>>> _sessions = [];

    // One wake-up is as good as many.
    private readonly Channel<bool> _arrived = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private LinkedListNode<JournalEntry>? _next;
    private long _bytes;

    public bool HasRoomForAudio => Interlocked.Read(ref _bytes) < maxBytes;

    /// <summary>Nothing waits to be stored.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
                return _entries.Count == 0;
        }
    }

    public void Append(JournalEntry entry)
    {
        lock (_lock)
        {
            var node = _entries.AddLast(entry);
            var key = (entry.ConversationId, entry.Attempt);
            if (!_sessions.TryGetValue(key, out var session))
                _sessions.Add(key, session = new());
            session.Enqueue(node);
            _next ??= node;
            Count(entry.CalculateSize());
        }

        _arrived.Writer.TryWrite(true);
    }

    /// <summary>The next entry to send; waits for one.</summary>
    public async ValueTask<JournalEntry> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_lock)
            {
                if (_next is { } node)
                {
                    _next = node.Next;
                    return node.Value;
                }
            }

            await _arrived.Reader.ReadAsync(cancellationToken);
        }
    }

    /// <summary>A new stream begins: everything that is not stored is sent again.</summary>
    public void Rewind()
    {
        lock (_lock)
            _next = _entries.First;
    }

    /// <summary>Forgets what is stored, and all of an attempt that is over.</summary>
    public void Acknowledge(JournalAck ack)
    {
        lock (_lock)
        {
            var key = (ack.ConversationId, ack.Attempt);
            if (!_sessions.TryGetValue(key, out var session))
                return;

            while (session.TryPeek(out var node) && (ack.Superseded || node.Value.Sequence <= ack.StoredThrough))
                Forget(session.Dequeue());
            if (session.Count == 0)
                _sessions.Remove(key);
        }
    }

    private void Forget(LinkedListNode<JournalEntry> node)
    {
        if (ReferenceEquals(_next, node))
            _next = node.Next;
        _entries.Remove(node);
        Count(-node.Value.CalculateSize());
    }

    private void Count(int bytes)
    {
        Interlocked.Add(ref _bytes, bytes);
        RelayMetrics.Unstored.Add(bytes);
    }
}
