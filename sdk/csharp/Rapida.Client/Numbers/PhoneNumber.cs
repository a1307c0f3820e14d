using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Rapida.Client;

/// <summary>A number of a Twilio account as it stands there now.</summary>
public sealed record PhoneNumber
{
    /// <summary>In E.164 form.</summary>
    public required string Number { get; init; }

    /// <summary>What it is called at Twilio: often the number again.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>Where its calls go, without the values of the query. Null: nowhere.</summary>
    public string? VoiceUrl { get; init; }

    public string? VoiceMethod { get; init; }

    public string? StatusCallback { get; init; }

    /// <summary>The assistant of this project whom the URL names.</summary>
    public string? AssistantId { get; init; }

    /// <summary>What makes Twilio ignore the URL without a word: <c>voice_application_sid</c>, <c>trunk_sid</c>. Remove it at Twilio.</summary>
    [AllowNull]
    public IReadOnlyList<string> InTheWay { get => field ?? []; init; }

    /// <summary>Calls to it reach the assistant: the URL names one, and nothing is in the way.</summary>
    [JsonPropertyName("set_up")]
    public required bool IsSetUp { get; init; }

    /// <summary>Without the number: it ends in logs.</summary>
    public override string ToString() => $"PhoneNumber of {AssistantId ?? "nobody"} (set up: {IsSetUp})";
}

/// <summary>A number that is to reach an assistant.</summary>
public sealed record SetUpNumber
{
    public required string AssistantId { get; init; }

    /// <summary>A key with the scope <c>webhook</c> alone: it will stand in the number's URL, and Twilio sends it with every call.</summary>
    public required string WebhookKey { get; init; }

    /// <summary>In E.164 form. Null: the phone deployment's.</summary>
    public string? Number { get; init; }

    /// <summary>Whether Twilio is told. If not, the answer says what would change.</summary>
    public bool Apply { get; init; }

    /// <summary>Without number and key: it ends in logs.</summary>
    public override string ToString() => $"SetUpNumber {AssistantId}";
}

/// <summary>What stands otherwise at Twilio than it should.</summary>
public sealed record NumberSetup
{
    /// <summary>In E.164 form.</summary>
    public required string Number { get; init; }

    public required string AssistantId { get; init; }

    /// <summary>False: nothing was changed yet.</summary>
    public required bool Applied { get; init; }

    /// <summary>Empty: it stands as it should.</summary>
    [AllowNull]
    public IReadOnlyList<NumberChange> Changes { get => field ?? []; init; }

    /// <summary>Without the number: it ends in logs.</summary>
    public override string ToString() => $"NumberSetup {AssistantId} (applied: {Applied}, changes: {Changes.Count})";
}

/// <summary>One field of a number at Twilio. URLs are without the values of their query: when nothing but the key changes, both look the same.</summary>
/// <param name="Field"><c>voice_url</c>, <c>voice_method</c>, <c>status_callback</c> or <c>status_callback_method</c>.</param>
/// <param name="From">Null: it was not set.</param>
public sealed record NumberChange(string Field, string? From, string To);

internal sealed record NumberList
{
    public required IReadOnlyList<PhoneNumber> Numbers { get; init; }

    public string? NextPageToken { get; init; }
}
