using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Outbound;
using Rapida.ServiceDefaults.Privacy;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Numbers;

/// <summary>The body of <c>POST /v1/numbers/setup</c>, unchecked. A class and not a record: it holds a key, and a record prints itself.</summary>
internal sealed class SetUpNumberBody
{
    [Required, Description("The assistant's number.")]
    [JsonConverter(typeof(TextOrNumber))]
    public string? AssistantId { get; init; }

    [Required, Description("A key of this project with the scope `webhook`: it will stand in the number's URL, and Twilio sends it with every call.")]
    public string? WebhookKey { get; init; }

    [Description("In E.164 form: a number of the Twilio account that the phone deployment names. Left out: the phone deployment's.")]
    public string? Number { get; init; }

    [Description("Whether Twilio is told. Left out: false, and the answer says what would change.")]
    public bool Apply { get; init; }
}

/// <summary>A number that shall reach an assistant, as far as it can be checked without asking anybody.</summary>
internal sealed class SetUpNumberCommand
{
    private SetUpNumberCommand()
    {
    }

    public required Guid ProjectId { get; init; }

    public required string AssistantId { get; init; }

    public required Secret WebhookKey { get; init; }

    /// <summary>Null: the deployment's.</summary>
    public required PhoneNumber? Number { get; init; }

    /// <summary>False: it is only said what would change.</summary>
    public required bool Apply { get; init; }

    public static Result<SetUpNumberCommand> Parse(Guid projectId, SetUpNumberBody body)
    {
        PhoneNumber? number = null;
        if (string.IsNullOrEmpty(body.AssistantId))
            return PlaceCallProblems.AssistantIdMissing;
        if (!AssistantIdText.IsOne(body.AssistantId))
            return PlaceCallProblems.AssistantIdInvalid;
        if (string.IsNullOrEmpty(body.WebhookKey))
            return NumberProblems.WebhookKeyMissing;
        if (body.Number is not null && !PhoneNumber.TryParse(body.Number, out number))
            return NumberProblems.NumberInvalid;

        return new SetUpNumberCommand
        {
            ProjectId = projectId, AssistantId = body.AssistantId, WebhookKey = new(body.WebhookKey), Number = number, Apply = body.Apply,
        };
    }
}
