using Rapida.Deployments.Providers;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Deployments.Phone;

internal static class PhoneProblems
{
    public static readonly Problem NotDeployed = new(
        ProblemKind.NotFound, "phone_deployment_unknown", "This assistant has no phone deployment yet.");

    public static readonly Problem ProviderUnknown = new(
        ProblemKind.Invalid, "provider_unknown", "provider is the telephone company's name, and twilio is the only one there is.");

    public static readonly Problem CredentialInvalid = new(
        ProblemKind.Invalid, "credential_id_invalid", "credential_id is the id of a Twilio credential of this project.");

    public static readonly Problem PhoneNumberInvalid = new(
        ProblemKind.Invalid, "phone_number_invalid", "phone_number is in E.164 form: + and 2 to 15 digits, such as +15551234567.");

    public static readonly Problem IdleTimeoutOutOfRange = new(
        ProblemKind.Invalid, "idle_timeout_out_of_range", "The idle timeout is 15 to 120 seconds.");

    public static readonly Problem IdleRetriesOutOfRange = new(
        ProblemKind.Invalid, "idle_retries_out_of_range", "idle_retries is 0 to 5; 0 ends the call at the first silence.");

    public static readonly Problem MaxDurationOutOfRange = new(
        ProblemKind.Invalid, "max_duration_out_of_range", "The maximum duration of a call is 30 to 14400 seconds.");

    public static readonly Problem MachineDetectionInvalid = new(
        ProblemKind.Invalid, "machine_detection_invalid", "machine_detection is off, hang_up or continue; leave it out for off.");

    public static readonly Problem TooManyTransferTargets = new(
        ProblemKind.Invalid, "transfer_targets_too_many", $"transfer_targets has at most {TransferTargets.Most} entries.");

    public static readonly Problem TransferTargetNameInvalid = new(
        ProblemKind.Invalid, "transfer_target_name_invalid",
        $"A name in transfer_targets has 1 to {TransferTargets.MaxName} printable characters and differs from the others in more than case.");

    public static Problem TransferTargetInvalid(string name) => new(
        ProblemKind.Invalid, "transfer_target_invalid",
        $"The number of the transfer target {name} is in E.164 form: + and 2 to 15 digits, such as +15551234567.");

    public static Problem TextInvalid(string field) => new(
        ProblemKind.Invalid, $"{field}_invalid", $"{field} is a text of at most {Experience.MaxText} characters.");

    /// <summary>What <see cref="SavePhoneDeploymentCommand.Parse"/> may answer.</summary>
    public static Problem[] OfSettings { get; } =
    [
        ProviderUnknown, CredentialInvalid, PhoneNumberInvalid, TextInvalid("greeting"), TextInvalid("error_message"), TextInvalid("idle_message"),
        IdleTimeoutOutOfRange, IdleRetriesOutOfRange, MaxDurationOutOfRange, MachineDetectionInvalid, TooManyTransferTargets, TransferTargetNameInvalid,
        TransferTargetInvalid("front desk"), .. ProviderProblems.Of("speech_to_text"), .. ProviderProblems.Of("text_to_speech"),
    ];
}
