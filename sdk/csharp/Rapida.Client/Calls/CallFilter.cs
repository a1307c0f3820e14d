namespace Rapida.Client;

/// <summary>Which calls are listed. What is null does not matter.</summary>
public sealed record CallFilter
{
    /// <summary>One of <see cref="CallStatus"/>.</summary>
    public string? Status { get; init; }

    /// <summary><c>inbound</c> or <c>outbound</c>.</summary>
    public string? Direction { get; init; }

    public string? AssistantId { get; init; }

    /// <summary>The carrier's id of it, at Twilio the CallSid.</summary>
    public string? ProviderCallId { get; init; }

    public string? To { get; init; }

    public string? From { get; init; }

    public DateTimeOffset? CreatedAfter { get; init; }

    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>How many are asked for at once: 1 to 100.</summary>
    public int? PageSize { get; init; }

    public override string ToString() => nameof(CallFilter);
}
