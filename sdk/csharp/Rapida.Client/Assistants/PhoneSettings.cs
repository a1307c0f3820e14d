namespace Rapida.Client;

/// <summary>Where and how an assistant answers. What is null takes the server's default, and does not stay as it was.</summary>
public record PhoneSettings
{
    public string Provider { get; init; } = "twilio";

    public required string CredentialId { get; init; }

    /// <summary>In E.164 form: +13125550100.</summary>
    public required string PhoneNumber { get; init; }

    public string? Greeting { get; init; }

    public bool? GreetingInterruptible { get; init; }

    public string? ErrorMessage { get; init; }

    public double? IdleTimeoutSeconds { get; init; }

    public string? IdleMessage { get; init; }

    public int? IdleRetries { get; init; }

    public double? MaxDurationSeconds { get; init; }

    public Provider? SpeechToText { get; init; }

    public Provider? TextToSpeech { get; init; }

    /// <summary>The numbers that a call may be transferred to, by name.</summary>
    public IReadOnlyDictionary<string, string>? TransferTargets { get; init; }

    /// <summary>Whether the assistant may press keys.</summary>
    public bool? SendKeys { get; init; }

    /// <summary>Without numbers: it ends in logs.</summary>
    public override string ToString() => nameof(PhoneSettings);
}

/// <summary>As it was saved. To change one thing, save it again: <c>deployment with { Greeting = "Hello." }</c>.</summary>
public sealed record PhoneDeployment : PhoneSettings
{
    public required string AssistantId { get; init; }

    /// <summary>Counts the saves, from 1.</summary>
    public required int Revision { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Without numbers: it ends in logs.</summary>
    public override string ToString() => $"PhoneDeployment {AssistantId}.{Revision}";
}
