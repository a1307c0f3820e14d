using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Rapida.CallControl.Outbound;

/// <summary>The body of <c>POST /v1/calls</c>, unchecked. A class and not a record: it holds numbers, and a record prints itself.</summary>
internal sealed class PlaceCallBody
{
    [Required, Description("The assistant's number.")]
    [JsonConverter(typeof(TextOrNumber))]
    public string? AssistantId { get; init; }

    [Description("Which version speaks. Left out: the live one.")]
    public int? Version { get; init; }

    [Required, Description("Who is called, in E.164 form.")]
    public string? ToNumber { get; init; }

    [Description("Which number is shown: one of the Twilio account that the phone deployment names. Left out: the deployment's.")]
    public string? FromNumber { get; init; }

    [Description("Whatever you want back with the call: a JSON object of at most 4096 bytes.")]
    public JsonObject? Metadata { get; init; }

    [Description("Values for `{{name}}` in greeting, prompt, idle message and error message: at most 50 strings of at most 1000 characters, by name.")]
    public IReadOnlyDictionary<string, string?>? Args { get; init; }

    [Description("What this call has otherwise than the phone deployment.")]
    public CallOptionsBody? Options { get; init; }

    [AllowedValues("off", "hang_up", "continue")]
    [Description("Whether Twilio listens for a machine, and what is done about it. The assistant speaks at once either way. Left out: as the phone deployment has it.")]
    public string? MachineDetection { get; init; }
}

internal sealed class CallOptionsBody
{
    [Description("Spoken first: at most 2000 characters. `{{name}}` is filled from `args`; one that has no value there becomes nothing.")]
    public string? Greeting { get; init; }

    [Description("What is asked after a silence: at most 2000 characters. `{{name}}` is filled from `args`; one that has no value there becomes nothing.")]
    public string? IdleMessage { get; init; }

    [Description("After so much silence it is asked: 15 to 120.")]
    public double? IdleTimeoutSeconds { get; init; }

    [Description("How often before the call ends: 0 to 5.")]
    public int? IdleRetries { get; init; }

    [Description("How long the call may last: 30 to 14400.")]
    public double? MaxDurationSeconds { get; init; }
}
