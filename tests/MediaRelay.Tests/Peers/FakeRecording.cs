using System.Threading.Channels;
using Grpc.Core;
using Rapida.Conversations.V1;
using Rapida.ServiceDefaults.Access;

namespace Rapida.MediaRelay.Tests.Peers;

/// <summary>Recording as the relay sees it: takes entries, and stores them when the test lets it.</summary>
[Callers("media")]
internal sealed class FakeRecording : Conversations.V1.Journal.JournalBase
{
    private readonly Lock _lock = new();
    private readonly List<JournalEntry> _entries = [];
    private readonly List<TaskCompletionSource> _breaks = [];
    private readonly Channel<bool> _arrived = Channel.CreateUnbounded<bool>();

    /// <summary>False: entries are received and lost with the stream.</summary>
    public bool IsStoring { get; set; } = true;

    /// <summary>False: entries are stored and forgotten.</summary>
    public bool IsRemembering { get; set; } = true;

    /// <summary>Every entry as often as it came.</summary>
    public IReadOnlyList<JournalEntry> Entries
    {
        get
        {
            lock (_lock)
                return [.. _entries];
        }
    }

    public override async Task Append(IAsyncStreamReader<JournalEntry> requestStream, IServerStreamWriter<JournalAck> responseStream, ServerCallContext context)
    {
        var broken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
            _breaks.Add(broken);

        while (true)
        {
            var moving = requestStream.MoveNext(context.CancellationToken);
            if (await Task.WhenAny(moving, broken.Task) == broken.Task)
                throw new RpcException(new Status(StatusCode.Unavailable, "broken by the test"));
            if (!await moving)
                return;
            var entry = requestStream.Current;
            if (IsRemembering)
            {
                lock (_lock)
                    _entries.Add(entry);
                _arrived.Writer.TryWrite(true);
            }

            await responseStream.WriteAsync(new JournalAck
            {
                ConversationId = entry.ConversationId,
                Attempt = entry.Attempt,
                ReceivedThrough = entry.Sequence,
                StoredThrough = IsStoring ? entry.Sequence : 0,
            });
        }
    }

    /// <summary>The streams that are open now break.</summary>
    public void Break()
    {
        lock (_lock)
        {
            foreach (var broken in _breaks)
                broken.TrySetResult();
            _breaks.Clear();
        }
    }

    /// <summary>Waits until what came satisfies the test.</summary>
    public async Task<IReadOnlyList<JournalEntry>> WaitForAsync(Func<IReadOnlyList<JournalEntry>, bool> isEnough)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!isEnough(Entries))
            await _arrived.Reader.ReadAsync(patience.Token);
        return Entries;
    }

    public Task<IReadOnlyList<JournalEntry>> WaitForEndAsync() =>
        WaitForAsync(entries => entries.Any(entry => entry.EntryCase is JournalEntry.EntryOneofCase.Closed));
}
