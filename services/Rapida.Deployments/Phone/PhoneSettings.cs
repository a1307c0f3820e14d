using Rapida.Deployments.Providers;

namespace Rapida.Deployments.Phone;

/// <summary>
/// A phone deployment as a request states it, unchecked: what is left out takes its default. Also the body of the REST request.
/// </summary>
internal sealed record PhoneSettings
{
    public string? Provider { get; init; }

    public string? CredentialId { get; init; }

    public string? PhoneNumber { get; init; }

    public string? Greeting { get; init; }

    public bool? GreetingInterruptible { get; init; }

    public string? ErrorMessage { get; init; }

    public double? IdleTimeoutSeconds { get; init; }

    public string? IdleMessage { get; init; }

    public int? IdleRetries { get; init; }

    public double? MaxDurationSeconds { get; init; }

    public ProviderSettings? SpeechToText { get; init; }

    public ProviderSettings? TextToSpeech { get; init; }

    public IReadOnlyDictionary<string, string>? TransferTargets { get; init; }

    public bool? SendKeys { get; init; }
}
