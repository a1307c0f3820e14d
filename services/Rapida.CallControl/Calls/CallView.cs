using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Rapida.CallControl.Carriers.Twilio;

namespace Rapida.CallControl.Calls;

/// <summary>A call as the API shows it.</summary>
internal sealed record CallView(
    string Id,
    [property: Description("Twilio's CallSid. Null until Twilio has named it.")] string? ProviderCallId,
    [property: Description("What was said in it: `GET /v1/conversations/{id}`.")] ConversationRef Conversation,
    string AssistantId,
    [property: Description("The version that answered, or that speaks.")] int AssistantVersion,
    [property: AllowedValues(Directions.Inbound, Directions.Outbound)] string Direction,
    [property: AllowedValues("queued", "initiated", "ringing", "in-progress", "completed", "busy", "no-answer", "failed", "canceled")]
    [property: Description("From `completed` on it does not change any more.")] string Status,
    [property: Description("As Twilio sent it: in E.164 form, or what stands for a withheld number. Of a call that was placed, the number that it shows.")]
    string From,
    [property: Description("The number that was called.")] string To,
    [property: Description("What came with the request for it. Null: nothing.")] JsonObject? Metadata,
    [property: Description("`caller`, `assistant`, `idle`, `max_duration`, `operator`, `machine`, `error` or `carrier`. `caller` is the other end of the line, whoever rang; `operator` is this API. Null until it ends.")]
    string? EndedBy,
    [property: Description("`none`, `caller`, `carrier`, `provider`, `tenant` or `us`. Null until it ends.")] string? Fault,
    [property: Description("Why it could not be held, such as `missing_version` or `to_number_invalid`. Null: it could.")] string? Failure,
    [property: Description("Why it ended so, in a sentence. Null until it ends.")] string? Reason,
    [property: Description("What Twilio's machine detection heard: `human`, `machine_start`, `fax`, `unknown`, …. Null: it did not listen, or has not decided.")]
    string? AnsweredBy,
    [property: Description("The last response of the signalling, such as 486 (busy). Null until Twilio says it.")] int? SipCode,
    [property: Description("Twilio's error. Null: there was none.")] CarrierError? Error,
    [property: Description("What Twilio charged: negative. Known some time after the end.")] decimal? Price,
    string? PriceUnit,
    [property: Description("As Twilio counts it. Null until it ends.")] int? DurationSeconds,
    DateTimeOffset CreatedAt,
    [property: Description("Null: it was not.")] DateTimeOffset? AnsweredAt,
    [property: Description("Null: it has not.")] DateTimeOffset? EndedAt)
{
    public static CallView Of(Call call) => new(
        call.Id.ToString(), call.CallSid, new(call.ConversationId.ToString()), call.AssistantId, call.AssistantVersion, call.Direction, call.Status.Word(),
        call.FromAddress, call.ToAddress, call.Metadata is { } metadata ? JsonNode.Parse(metadata)!.AsObject() : null,
        call.EndedBy, call.Fault, call.FailureCode, Outcome.Reason(call), call.AnsweredBy, call.SipCode,
        call.ErrorCode is { } code ? new(code, TwilioErrors.Title(code)) : null, call.Price, call.PriceUnit, call.DurationSeconds,
        call.CreatedAt, call.AnsweredAt, call.EndedAt);
}

internal sealed record ConversationRef(string Id);

internal sealed record CarrierError([property: Description("Twilio's, such as 21211.")] int Code, [property: Description("In Twilio's words.")] string? Message);

internal sealed record CallEventView(
    [property: Description("`call`, `stream`, `recording` and `machine-detection` are Twilio's; `dial` is how it was placed, `assistant` what failed of it; "
        + "`operator` is a request to this API to end it, `machine` that it is hung up on because a machine answered.")] string Kind,
    [property: Description("Twilio's word, such as `ringing`, or ours, such as `dialling`, `placed`, `unknown`, `found`, `expired`; `cancel`, `hangup`.")] string Word,
    [property: Description("A SIP response code, an error's code or sentence. Null: none.")] string? Detail,
    [property: Description("When we heard of it: Twilio's callbacks may come late and out of order.")] DateTimeOffset At)
{
    public static CallEventView Of(CallEvent happened) => new(happened.Kind, happened.Word, happened.Detail, happened.ReceivedAt);
}
