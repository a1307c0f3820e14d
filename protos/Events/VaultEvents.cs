using MassTransit;

namespace Rapida.Contracts.Events;

/// <summary>A key may not be used any more. Broadcast, so that every instance drops what it remembers of it; the aggregate is the key.</summary>
[MessageUrn("rapida:api-key-revoked:v1"), EntityName("rapida.api-key-revoked.v1")]
public sealed record ApiKeyRevoked(Guid ProjectId, Guid AggregateId, long Sequence, DateTimeOffset OccurredAt) : IBusinessEvent;

/// <summary>A credential was changed or deleted. Broadcast, so that every lease of it is dropped; the aggregate is the credential.</summary>
[MessageUrn("rapida:credential-changed:v1"), EntityName("rapida.credential-changed.v1")]
public sealed record CredentialChanged(Guid ProjectId, Guid AggregateId, long Sequence, DateTimeOffset OccurredAt) : IBusinessEvent;
