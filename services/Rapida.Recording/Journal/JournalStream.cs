using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Rapida.Recording.Conversations;
using Wire = Rapida.Conversations.V1;

namespace Rapida.Recording.Journal;

internal readonly record struct ReceivedEntry(JournalSession Session, Entry Entry);

/// <summary>
/// One relay's stream with all of its calls. One loop reads, one writes to the database, one acknowledges. When the stream ends, for
/// whatever reason, what was received is still written; what could not be written was never acknowledged as stored, and comes again.
/// </summary>
internal sealed class JournalStream(
    FindPosition findPosition, StoreEntries storeEntries, IOptions<JournalOptions> options, TimeProvider clock,
    ILogger<JournalStream> logger)
{
    private const int BatchSize = 500;

    // About five seconds of 20 calls that send ten entries a second. When it is full we stop reading, and the transport stops the relay,
    // which spools on its disk. Ordinary segments make this 2 MB; the largest allowed would make it 64 MB.
    private readonly Channel<ReceivedEntry> _received = Channel.CreateBounded<ReceivedEntry>(
        new BoundedChannelOptions(1_000) { SingleReader = true, SingleWriter = true });

    // Not bounded, because a session waits in it at most once.
    private readonly Channel<JournalSession> _toAcknowledge = Channel.CreateUnbounded<JournalSession>();

    private readonly ConcurrentDictionary<(ConversationKey Conversation, int Attempt), JournalSession> _sessions = new();

    /// <summary>Runs until the relay ends the stream or <paramref name="stopping"/> asks to.</summary>
    public async Task RunAsync(
        IAsyncStreamReader<Wire.JournalEntry> entries, IServerStreamWriter<Wire.JournalAck> acknowledgements, CancellationToken stopping)
    {
        using var writerFailed = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var writing = WriteAsync(writerFailed);
        var acknowledging = AcknowledgeAsync(acknowledgements);
        try
        {
            await ReadAsync(entries, writerFailed.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The relay has gone, we are stopping, or the writer has failed: then it throws below.
            logger.StreamBroke(exception.GetType().Name);
        }
        finally
        {
            _received.Writer.Complete();
            try
            {
                await writing;
            }
            finally
            {
                _toAcknowledge.Writer.Complete();
                await acknowledging;
            }
        }
    }

    private async Task ReadAsync(IAsyncStreamReader<Wire.JournalEntry> entries, CancellationToken cancellationToken)
    {
        while (await entries.MoveNext(cancellationToken))
        {
            if (!Entry.TryParse(entries.Current, out var entry, out var problem))
            {
                // Refused alone: acknowledgements of its conversation stop before it, and the other calls go on.
                logger.EntryRefused(entries.Current.ConversationId.Length == 36 ? entries.Current.ConversationId : "unknown", problem);
                continue;
            }

            var session = await SessionOfAsync(entry, cancellationToken);
            if (!session.IsSuperseded && session.Received.Add(entry.Sequence))
                await _received.Writer.WriteAsync(new(session, entry), cancellationToken);
            Acknowledge(session);
        }
    }

    private async ValueTask<JournalSession> SessionOfAsync(Entry entry, CancellationToken cancellationToken)
    {
        var key = (entry.Conversation, entry.Attempt);
        if (_sessions.TryGetValue(key, out var session))
            return session;

        var position = await findPosition.ExecuteAsync(entry.Conversation, entry.Attempt, cancellationToken);
        session = new(entry.Conversation, entry.Attempt, position.StoredThrough) { IsSuperseded = position.HighestAttempt > entry.Attempt };
        foreach (var (_, other) in _sessions.Where(other => other.Key.Conversation == entry.Conversation))
            (other.Attempt < entry.Attempt ? other : session).IsSuperseded = true;
        _sessions[key] = session;
        return session;
    }

    private async Task WriteAsync(CancellationTokenSource failed)
    {
        try
        {
            var batch = new List<ReceivedEntry>(BatchSize);
            while (await _received.Reader.WaitToReadAsync())
            {
                if (_received.Reader.Count < BatchSize)
                    await Task.Delay(options.Value.CommitInterval, clock);
                while (batch.Count < BatchSize && _received.Reader.TryRead(out var entry))
                    batch.Add(entry);
                await CommitAsync(batch);
                batch.Clear();
            }
        }
        catch
        {
            await failed.CancelAsync();
            throw;
        }
    }

    // Without the stream's token: a relay that has gone is the very reason to write what it left with us.
    private async Task CommitAsync(List<ReceivedEntry> batch)
    {
        var superseded = await storeEntries.ExecuteAsync(batch, CancellationToken.None);
        foreach (var group in batch.GroupBy(received => received.Session))
        {
            var session = group.Key;
            if (superseded.Contains(session))
                session.IsSuperseded = true;
            else
                session.Commit(isClosed: group.Any(received => received.Entry.Body.Closed is not null));
            Acknowledge(session);
        }
    }

    private void Acknowledge(JournalSession session)
    {
        if (session.AskForAcknowledgement())
            _toAcknowledge.Writer.TryWrite(session);
    }

    private async Task AcknowledgeAsync(IServerStreamWriter<Wire.JournalAck> acknowledgements)
    {
        try
        {
            await foreach (var session in _toAcknowledge.Reader.ReadAllAsync())
            {
                await acknowledgements.WriteAsync(session.TakeAcknowledgement());
                if (session is { IsClosed: true, IsSuperseded: false } && session.StoredThrough == session.Received.Through)
                    _sessions.TryRemove((session.Conversation, session.Attempt), out _);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or InvalidOperationException)
        {
            // The relay has gone: it asks again on its next stream. The reader has seen the same.
            logger.StreamBroke(exception.GetType().Name);
        }
    }
}
