namespace Rapida.CallControl.Calls;

/// <summary>One thing that happened to a call: a callback of Twilio's, kept once, or a step of our own. Facts only: numbers and places stay where they came from.</summary>
internal sealed class CallEvent
{
    public Guid Id { get; init; }

    /// <summary>The order in which they were written down.</summary>
    public long Ordinal { get; init; }

    public Guid ProjectId { get; init; }

    public Guid CallId { get; init; }

    /// <summary>What makes it one and the same when it comes twice: <c>CA….status.3</c>, <c>MZ….stream-stopped</c>, <c>dial.1.dialling</c>.</summary>
    public required string Key { get; init; }

    /// <summary>call, stream, recording, machine-detection; of our own making: dial, assistant, operator, machine.</summary>
    public required string Kind { get; init; }

    /// <summary>Twilio's word: <c>completed</c>, <c>stream-error</c>, <c>human</c>; or ours: <c>dialling</c>, <c>unknown</c>, <c>expired</c>, <c>hangup</c>, <c>provider_failed</c>.</summary>
    public required string Word { get; init; }

    /// <summary>SIP response code, the stream's error, Twilio's error code, or what a provider failed with, when there was one.</summary>
    public string? Detail { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    public static CallEvent New(Call call, string kind, string word, string key, string? detail, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        ProjectId = call.ProjectId,
        CallId = call.Id,
        Kind = kind,
        Word = word,
        Key = key,
        Detail = detail,
        ReceivedAt = now,
    };
}
