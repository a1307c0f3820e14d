using MassTransit;

namespace Rapida.Contracts.Events;

/// <summary>A recording can be listened to. Told by Recording; the aggregate is the conversation.</summary>
[MessageUrn("rapida:recording-ready:v1"), EntityName("rapida.recording-ready.v1")]
public sealed record RecordingReady(
    Guid ProjectId, Guid AggregateId, long Sequence, DateTimeOffset OccurredAt, Guid RecordingId, long DurationMs) : IBusinessEvent;
