namespace Rapida.Contracts.Events;

/// <summary>
/// The envelope that every event shares. The transport adds <c>message_id</c>. Consumers ignore a <see cref="Sequence"/> that is not
/// above the last they have seen of the same <see cref="AggregateId"/>.
/// </summary>
public interface IBusinessEvent
{
    /// <summary>The tenant's project that the fact belongs to.</summary>
    Guid ProjectId { get; }

    /// <summary>The call, conversation, credential, … that the fact is about.</summary>
    Guid AggregateId { get; }

    /// <summary>Counts the facts about one aggregate, from 1.</summary>
    long Sequence { get; }

    /// <summary>When it became true.</summary>
    DateTimeOffset OccurredAt { get; }
}
