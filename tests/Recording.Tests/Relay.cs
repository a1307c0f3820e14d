using Grpc.Core;
using Rapida.Conversations.V1;

namespace Recording.Tests;

/// <summary>A media relay with its journal stream. It sends, and knows what was acknowledged.</summary>
internal sealed class Relay : IDisposable
{
    private readonly AsyncDuplexStreamingCall<JournalEntry, JournalAck> _stream;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Conversation, int Attempt), JournalAck> _latest = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Relay(CallInvoker recordings)
    {
        _stream = new Journal.JournalClient(recordings).Append();
        Listening = ListenAsync();
    }

    /// <summary>Ends with the stream; throws what the stream ended with.</summary>
    public Task Listening { get; }

    public async Task SendAsync(params IEnumerable<JournalEntry> entries)
    {
        foreach (var entry in entries)
            await _stream.RequestStream.WriteAsync(entry);
    }

    public Task<JournalAck> StoredAsync(JournalEntry last) =>
        AcknowledgedAsync(last, acknowledgement => acknowledgement.StoredThrough >= last.Sequence);

    public Task<JournalAck> SupersededAsync(JournalEntry entry) => AcknowledgedAsync(entry, acknowledgement => acknowledgement.Superseded);

    public async Task<JournalAck> AcknowledgedAsync(JournalEntry entry, Func<JournalAck, bool> enough)
    {
        while (true)
        {
            Task news;
            lock (_lock)
            {
                if (_latest.TryGetValue((entry.ConversationId, entry.Attempt), out var latest) && enough(latest))
                    return latest;
                news = _news.Task;
            }

            if (await Task.WhenAny(news, Listening).WaitAsync(TimeSpan.FromSeconds(60)) == Listening)
                await Listening;
        }
    }

    public JournalAck Latest(JournalEntry entry)
    {
        lock (_lock)
            return _latest.GetValueOrDefault((entry.ConversationId, entry.Attempt), new());
    }

    public async Task CompleteAsync()
    {
        await _stream.RequestStream.CompleteAsync();
        await Listening.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Breaks the stream without a word, as a process does that is killed.</summary>
    public void Dispose() => _stream.Dispose();

    private async Task ListenAsync()
    {
        await foreach (var acknowledgement in _stream.ResponseStream.ReadAllAsync())
            lock (_lock)
            {
                _latest[(acknowledgement.ConversationId, acknowledgement.Attempt)] = acknowledgement;
                _news.SetResult();
                _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
    }
}
