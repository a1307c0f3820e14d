using Rapida.Recording.Conversations;
using Wire = Rapida.Conversations.V1;

namespace Rapida.Recording.Journal;

/// <summary>One attempt of one conversation, as far as one stream has brought it.</summary>
/// <param name="conversation">The conversation.</param>
/// <param name="attempt">The attempt.</param>
/// <param name="storedThrough">What was in the database when the stream first spoke of it.</param>
internal sealed class JournalSession(ConversationKey conversation, int attempt, long storedThrough)
{
    private long _storedThrough = storedThrough;
    private int _acknowledgementWaits;
    private volatile bool _isSuperseded;
    private volatile bool _isClosed;

    public ConversationKey Conversation => conversation;

    public int Attempt => attempt;

    /// <summary>Entries in memory. Only the reader adds to it.</summary>
    public Contiguous Received { get; } = new(storedThrough);

    /// <summary>Entries in the database or in the batch that is being committed. Only the writer adds to it.</summary>
    public Contiguous Written { get; } = new(storedThrough);

    /// <summary>Entries in the database.</summary>
    public long StoredThrough => Volatile.Read(ref _storedThrough);

    /// <summary>A newer attempt has been seen: nothing more is taken.</summary>
    public bool IsSuperseded
    {
        get => _isSuperseded;
        set => _isSuperseded = value;
    }

    /// <summary>Nothing more is to come: the stream may forget the session once this is acknowledged.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>The batch with <see cref="Written"/> is committed.</summary>
    public void Commit(bool isClosed)
    {
        Volatile.Write(ref _storedThrough, Written.Through);
        _isClosed |= isClosed;
    }

    /// <summary>True for the first to ask since the last one was taken: one at a time waits to be sent, with the latest numbers.</summary>
    public bool AskForAcknowledgement() => Interlocked.Exchange(ref _acknowledgementWaits, 1) == 0;

    public Wire.JournalAck TakeAcknowledgement()
    {
        Interlocked.Exchange(ref _acknowledgementWaits, 0);
        // In this order: what is stored has been received.
        var stored = StoredThrough;
        return new()
        {
            ConversationId = conversation.Id.ToString(),
            Attempt = attempt,
            StoredThrough = stored,
            ReceivedThrough = Received.Through,
            Superseded = IsSuperseded,
        };
    }
}
