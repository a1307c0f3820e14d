namespace Rapida.Events.Inbox;

/// <summary>A message that a consumer has dealt with: it may come again, and must not count again.</summary>
public sealed class InboxMessage
{
    /// <summary>The message id on the broker.</summary>
    public Guid MessageId { get; private init; }

    /// <summary>Who has dealt with it.</summary>
    public string Consumer { get; private init; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset ReceivedAt { get; private init; }
}
