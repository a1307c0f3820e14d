using Rapida.CallControl.Calls;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Numbers;

/// <summary>The error catalogue of numbers.</summary>
internal static class NumberProblems
{
    public static readonly Problem NumberInvalid = new(
        ProblemKind.Invalid, "number_invalid", "number is in E.164 form, such as +15551234567; leave it out for the phone deployment's.");

    public static readonly Problem WebhookKeyMissing = WebhookKey(
        "webhook_key is missing: a key of this project with the scope webhook, which will stand in the number's URL.");

    public static readonly Problem WebhookKeyUnknown = WebhookKey("webhook_key is no key of this project, or has expired or been revoked.");

    public static readonly Problem WebhookScopeMissing = WebhookKey("webhook_key lacks the scope webhook.");

    public static readonly Problem DeploymentMissing = new(
        ProblemKind.Conflict, "phone_deployment_missing",
        "The assistant has no phone deployment yet, and so no Twilio account: save one with PUT /v1/assistants/{id}/deployments/phone.");

    public static readonly Problem NotOnAccount = new(
        ProblemKind.Conflict, "number_not_on_account", "The Twilio account that the assistant's phone deployment names has no such number.");

    public static readonly Problem CarrierUnreachable = new(
        ProblemKind.Unavailable, CredentialFault.CarrierUnreachable.Reason, "Twilio did not answer, or was too busy. Ask again in a minute.");

    /// <summary>Twilio would take the URL, and not use it.</summary>
    public static Problem InTheWay(IReadOnlyList<string> fields) => new(
        ProblemKind.Conflict, "number_routed_elsewhere",
        $"Twilio ignores the URL of a number that has an application or a trunk. Remove at Twilio what this number has: {string.Join(", ", fields)}.");

    /// <summary>In the catalogue's words, and not in those of the answer.</summary>
    public static Problem Refused(int code, int status) => new(
        ProblemKind.Conflict, FailureCodes.CarrierRefused,
        (code, TwilioErrors.Title(code)) switch
        {
            ( > 0, { } title) => $"Twilio refuses this with error {code}: {title}.",
            ( > 0, null) => $"Twilio refuses this with error {code}.",
            _ => $"Twilio refuses this with the HTTP status {status}.",
        });

    private static Problem WebhookKey(string wrong) => new(
        ProblemKind.Invalid, "webhook_key_invalid", $$"""{{wrong}} Make one with POST /v1/api-keys and "scopes": ["webhook"].""");
}
