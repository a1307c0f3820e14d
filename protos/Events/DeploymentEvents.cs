using MassTransit;

namespace Rapida.Contracts.Events;

/// <summary>An assistant has a new version or a new phone deployment. Broadcast; the aggregate stands for the assistant.</summary>
[MessageUrn("rapida:deployment-saved:v1"), EntityName("rapida.deployment-saved.v1")]
public sealed record DeploymentSaved(
    Guid ProjectId, Guid AggregateId, long Sequence, DateTimeOffset OccurredAt, string AssistantId) : IBusinessEvent;
