using MassTransit;

namespace Rapida.Contracts.Events;

/// <summary>A call's media stream was claimed for the first time: somebody is talking. Told by CallControl; the aggregate is the call.</summary>
[MessageUrn("rapida:call-answered:v1"), EntityName("rapida.call-answered.v1")]
public sealed record CallAnswered(
    Guid ProjectId, Guid AggregateId, long Sequence, DateTimeOffset OccurredAt,
    Guid ConversationId, string AssistantId, int AssistantVersion, string Direction, Guid PartyId) : IBusinessEvent;

/// <summary>Twilio called the call terminal. Told by CallControl; the aggregate is the call.</summary>
/// <param name="Status">completed, busy, no-answer, failed or canceled.</param>
/// <param name="EndedBy">caller, assistant, idle, max_duration, error or carrier.</param>
/// <param name="Fault">none, caller, carrier, provider, tenant or us.</param>
/// <param name="Attempts">How many media streams the call had; the recording is complete when all of them are over.</param>
[MessageUrn("rapida:call-ended:v1"), EntityName("rapida.call-ended.v1")]
public sealed record CallEnded(
    Guid ProjectId, Guid AggregateId, long Sequence, DateTimeOffset OccurredAt,
    Guid ConversationId, string Status, string EndedBy, string Fault, int Attempts) : IBusinessEvent;
