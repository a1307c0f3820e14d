using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Rapida.Deployments.Providers;

namespace Rapida.Deployments.Phone;

/// <summary>
/// A phone deployment as a request states it, unchecked: what is left out takes its default. Also the body of the REST request.
/// </summary>
internal sealed record PhoneSettings
{
    private const string Filled =
        "`{{name}}` is filled from the call's `args`; one that has no value there becomes nothing. An inbound call has no `args`.";

    [Required, Description("The telephone company: `twilio` is the only one there is.")]
    public string? Provider { get; init; }

    [Required, Description("The id of a Twilio credential of this project.")]
    public string? CredentialId { get; init; }

    [Required, Description("In E.164 form: + and 2 to 15 digits.")]
    public string? PhoneNumber { get; init; }

    [Description("Spoken first: at most 2000 characters. Empty: the model begins. " + Filled)]
    public string? Greeting { get; init; }

    [Description("Whether the caller may speak over the greeting. True if left out.")]
    public bool? GreetingInterruptible { get; init; }

    [Description("Spoken when an error ends the call: at most 2000 characters. Empty if left out. " + Filled)]
    public string? ErrorMessage { get; init; }

    [Description("After so much silence an idle caller is asked: 15 to 120. 30 if left out.")]
    public double? IdleTimeoutSeconds { get; init; }

    [Description("What an idle caller is asked: at most 2000 characters. `Are you there?` if left out. " + Filled)]
    public string? IdleMessage { get; init; }

    [Description("How often an idle caller is asked before the call ends: 0 to 5. 2 if left out; 0 ends the call at the first silence.")]
    public int? IdleRetries { get; init; }

    [Description("How long a call may last: 30 to 14400. 300 if left out.")]
    public double? MaxDurationSeconds { get; init; }

    [Description("Who listens. Left out: no call can be held.")]
    public ProviderSettings? SpeechToText { get; init; }

    [Description("Who speaks. Left out: no call can be held.")]
    public ProviderSettings? TextToSpeech { get; init; }

    [Description("The numbers that a call may be transferred to, by names of up to 50 characters: at most 32. The model sees the names alone.")]
    public IReadOnlyDictionary<string, string>? TransferTargets { get; init; }

    [Description("Whether the assistant may press keys. False if left out.")]
    public bool? SendKeys { get; init; }

    [AllowedValues(Phone.MachineDetection.Off, Phone.MachineDetection.HangUp, Phone.MachineDetection.Continue)]
    [Description("Whether Twilio listens for a machine when the assistant calls somebody, and what is done about it, unless the request for the call says so. `off` if left out.")]
    public string? MachineDetection { get; init; }
}
