using System.ComponentModel;
using Rapida.CallControl.Carriers.Twilio;

namespace Rapida.CallControl.Numbers;

/// <summary>A number as the API shows it.</summary>
internal sealed record NumberView(
    [property: Description("In E.164 form.")] string Number,
    [property: Description("What it is called at Twilio.")] string? FriendlyName,
    [property: Description("Where its calls go, without the values of the query: one of them is a key. Null: nowhere.")] string? VoiceUrl,
    string? VoiceMethod,
    [property: Description("Where Twilio tells what became of them, without the values of the query. Null: nowhere.")] string? StatusCallback,
    [property: Description("The assistant of this project whom the URL names. Null: it is not our URL, or no assistant of this project.")] string? AssistantId,
    [property: Description("What makes Twilio ignore the URL without a word: `voice_application_sid`, `trunk_sid`. Remove it at Twilio.")] IReadOnlyList<string> InTheWay,
    [property: Description("Calls to this number reach the assistant: the URL names one, and nothing is in the way.")] bool SetUp)
{
    public static NumberView Of(NumberEntry number, string? assistantId) => new(
        number.Number, number.FriendlyName, number.VoiceUrl is { } url ? MaskedUrl.Of(url) : null, number.VoiceMethod,
        number.StatusCallback is { } callback ? MaskedUrl.Of(callback) : null, assistantId, number.InTheWay,
        assistantId is not null && number.InTheWay is []);
}

internal sealed record NumberList(IReadOnlyList<NumberView> Numbers);

/// <summary>What is set at Twilio, or would be.</summary>
internal sealed record NumberSetup(
    [property: Description("In E.164 form.")] string Number,
    string AssistantId,
    [property: Description("False: nothing was changed yet, for the request did not say `apply`.")] bool Applied,
    [property: Description("Empty: it stands at Twilio as it should.")] IReadOnlyList<NumberChange> Changes);

internal sealed record NumberChange(
    [property: Description("Twilio's name: `voice_url`, `voice_method`, `status_callback` or `status_callback_method`.")] string Field,
    [property: Description("Without the values of a query. Null: it was not set.")] string? From,
    [property: Description("Without the values of a query: when nothing but the key changes it looks as before.")] string To);
