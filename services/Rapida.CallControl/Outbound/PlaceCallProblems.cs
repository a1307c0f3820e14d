using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Outbound;

/// <summary>The error catalogue of calls that are placed.</summary>
internal static class PlaceCallProblems
{
    public static readonly Problem AssistantIdInvalid = new(
        ProblemKind.Invalid, "assistant_id_invalid", "assistant_id is the assistant's number, such as 123456789012345.");

    public static readonly Problem AssistantIdMissing = AssistantIdInvalid with
    {
        Detail = "assistant_id is missing: the assistant's number, such as 123456789012345.",
    };

    public static readonly Problem AssistantUnknown = new(ProblemKind.Invalid, "assistant_unknown", "There is no such assistant in this project.");

    public static readonly Problem VersionInvalid = new(
        ProblemKind.Invalid, "version_invalid", "version counts from 1; leave it out for the live one.");

    public static readonly Problem VersionUnknown = new(ProblemKind.Invalid, "version_unknown", "The assistant has no such version.");

    public static readonly Problem ToNumberInvalid = new(
        ProblemKind.Invalid, "to_number_invalid", "to_number is in E.164 form: + and 2 to 15 digits, such as +15551234567.");

    public static readonly Problem ToNumberMissing = ToNumberInvalid with
    {
        Detail = "to_number is missing: who is called, in E.164 form, such as +15551234567.",
    };

    public static readonly Problem FromNumberInvalid = new(
        ProblemKind.Invalid, "from_number_invalid", "from_number is in E.164 form, such as +15559876543; leave it out for the deployment's.");

    public static readonly Problem FromNumberNotOwned = new(
        ProblemKind.Invalid, "from_number_not_owned",
        "from_number is neither a number nor a verified caller id of the Twilio account that the assistant's phone deployment names.");

    public static readonly Problem SameNumber = new(ProblemKind.Invalid, "same_number", "to_number and from_number are the same: no number calls itself.");

    public static readonly Problem MetadataInvalid = new(
        ProblemKind.Invalid, "metadata_invalid", "metadata is a JSON object of at most 4096 bytes, without NUL.");

    public static readonly Problem ArgsInvalid = new(
        ProblemKind.Invalid, "args_invalid", "args are at most 50 strings of at most 1000 characters, by names of at most 50.");

    public static readonly Problem OptionTextInvalid = new(
        ProblemKind.Invalid, "option_text_invalid", "options.greeting and options.idle_message have at most 2000 characters, without NUL.");

    public static readonly Problem IdleTimeoutOutOfRange = new(
        ProblemKind.Invalid, "idle_timeout_out_of_range", "options.idle_timeout_seconds is 15 to 120.");

    public static readonly Problem IdleRetriesOutOfRange = new(ProblemKind.Invalid, "idle_retries_out_of_range", "options.idle_retries is 0 to 5.");

    public static readonly Problem MaxDurationOutOfRange = new(
        ProblemKind.Invalid, "max_duration_out_of_range", "options.max_duration_seconds is 30 to 14400.");

    public static readonly Problem MachineDetectionInvalid = new(
        ProblemKind.Invalid, "machine_detection_invalid", "machine_detection is off, hang_up or continue; leave it out for the phone deployment's.");

    public static readonly Problem IdempotencyKeyInvalid = new(
        ProblemKind.Invalid, "idempotency_key_invalid", "Idempotency-Key has 1 to 100 printable ASCII characters without spaces, such as a UUID.");

    public static readonly Problem IdempotencyKeyReused = new(
        ProblemKind.Conflict, "idempotency_key_reused", "This Idempotency-Key came with another request before: use a new one for a new call.");

    public static readonly Problem CredentialUnknown = new(
        ProblemKind.Conflict, "credential_unknown", "The credential that the assistant's phone deployment names is gone: save the deployment with another.");

    public static readonly Problem QueueFull = new(
        ProblemKind.TooMany, "queue_full", "As many calls of this project wait to be dialled as may. Place this one when some have been.");

    public static readonly Problem BulkInvalid = new(ProblemKind.Invalid, "bulk_invalid", "phoneCalls is a list of 1 to 1000 calls.");

    /// <summary>All that a request can be refused for.</summary>
    public static readonly Problem[] All =
    [
        AssistantIdInvalid, AssistantUnknown, VersionInvalid, VersionUnknown, ToNumberInvalid, FromNumberInvalid, FromNumberNotOwned, SameNumber,
        MetadataInvalid, ArgsInvalid, OptionTextInvalid, IdleTimeoutOutOfRange, IdleRetriesOutOfRange, MaxDurationOutOfRange, MachineDetectionInvalid,
        IdempotencyKeyInvalid, IdempotencyKeyReused, DeploymentIncomplete(["language_model"]), CredentialUnknown, QueueFull,
    ];

    public static Problem DeploymentIncomplete(IEnumerable<string> missing) => new(
        ProblemKind.Conflict, "deployment_incomplete", $"The assistant cannot hold a call yet. Set: {string.Join(", ", missing)}.");
}
