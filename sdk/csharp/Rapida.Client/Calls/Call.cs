using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Rapida.Client;

/// <summary>A call as it was when it was asked for.</summary>
public sealed record Call
{
    public required string Id { get; init; }

    /// <summary>The carrier's id of it, at Twilio the CallSid. Null before it is dialled.</summary>
    public string? ProviderCallId { get; init; }

    /// <summary>What is said in it.</summary>
    public required ConversationRef Conversation { get; init; }

    public required string AssistantId { get; init; }

    public int? AssistantVersion { get; init; }

    /// <summary><c>inbound</c> or <c>outbound</c>.</summary>
    public required string Direction { get; init; }

    /// <summary>One of <see cref="CallStatus"/>, or a newer word.</summary>
    public required string Status { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    /// <summary>As it was given when the call was created.</summary>
    [AllowNull]
    public JsonObject Metadata { get => field ??= []; init; }

    /// <summary><c>caller</c>, <c>assistant</c>, <c>idle</c>, <c>max_duration</c>, <c>operator</c>, <c>machine</c>, <c>error</c>, <c>carrier</c>. Null until it ends.</summary>
    public string? EndedBy { get; init; }

    /// <summary>Whose fault it was that it ended so: <c>none</c>, <c>caller</c>, <c>carrier</c>, <c>provider</c>, <c>tenant</c> or <c>us</c>.</summary>
    public string? Fault { get; init; }

    /// <summary>Why it could not be held, such as <c>missing_version</c>.</summary>
    public string? Failure { get; init; }

    /// <summary>The same as a sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>Who answered, where a machine was looked for.</summary>
    public string? AnsweredBy { get; init; }

    public int? SipCode { get; init; }

    public CallError? Error { get; init; }

    /// <summary>As the carrier says it, some time after the call; at Twilio it is negative.</summary>
    public decimal? Price { get; init; }

    public string? PriceUnit { get; init; }

    public int? DurationSeconds { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Its status will not change any more.</summary>
    [JsonIgnore]
    public bool IsOver => EndedAt is not null
        || Status is CallStatus.Completed or CallStatus.Busy or CallStatus.NoAnswer or CallStatus.Failed or CallStatus.Canceled;

    /// <summary>Without numbers: it ends in logs.</summary>
    public override string ToString() => $"Call {Id} ({Status})";
}

/// <summary>Where a call's conversation is found.</summary>
public sealed record ConversationRef
{
    public required string Id { get; init; }
}

/// <summary>What the carrier says that went wrong.</summary>
public sealed record CallError
{
    /// <summary>At Twilio one of https://www.twilio.com/docs/api/errors.</summary>
    public required int Code { get; init; }

    public string? Message { get; init; }

    public override string ToString() => $"CallError {Code}";
}

/// <summary>Something that happened to a call.</summary>
public sealed record CallEvent
{
    /// <summary><c>dial</c>, <c>call</c>, <c>stream</c>, <c>recording</c>, <c>machine-detection</c>, <c>assistant</c>, or a newer word.</summary>
    public required string Kind { get; init; }

    public required string Word { get; init; }

    /// <summary>A SIP response code, an error's code or sentence.</summary>
    public string? Detail { get; init; }

    public required DateTimeOffset At { get; init; }

    public override string ToString() => $"CallEvent {Kind} {Word}";
}

internal sealed record CallPage
{
    public required IReadOnlyList<Call> Calls { get; init; }

    public string? NextPageToken { get; init; }
}

internal sealed record CallEvents
{
    public required IReadOnlyList<CallEvent> Events { get; init; }
}
