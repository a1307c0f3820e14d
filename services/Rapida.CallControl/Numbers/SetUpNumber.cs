using Rapida.CallControl.Calls;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.CallControl.Outbound;
using Rapida.Deployments.V1;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Privacy;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Numbers;

/// <summary>
/// A number's calls shall reach an assistant: it is found out what has to change at Twilio for that, and changed when that is wanted. Nothing is
/// kept here; Twilio's book is the only one.
/// </summary>
internal sealed class SetUpNumber(
    IApiKeys apiKeys, FindDeployment findDeployment, TwilioAccounts accounts, TwilioNumberBook book, PublicUrls urls, ILogger<SetUpNumber> logger)
{
    private const string Post = "POST";

    public async Task<Result<NumberSetup>> ExecuteAsync(SetUpNumberCommand command, CancellationToken cancellationToken)
    {
        if (await findDeployment.ExecuteAsync(command.ProjectId, command.AssistantId, cancellationToken) is not { } deployment)
            return PlaceCallProblems.AssistantUnknown;
        if (deployment.Phone is not { } phone)
            return NumberProblems.DeploymentMissing;
        if (await RefuseKeyAsync(command, cancellationToken) is { } refusal)
            return refusal;
        if (!Guid.TryParse(phone.CredentialId, out var credentialId)
            || await accounts.FindAccountAsync(command.ProjectId, credentialId, "set-up-number", cancellationToken) is not { } account)
            return PlaceCallProblems.CredentialUnknown;
        if ((command.Number ?? NumberOf(phone)) is not { } wanted)
            return NumberProblems.NotOnAccount;
        if (!(await book.FindAsync(account, wanted, cancellationToken)).TryGet(out var number, out var problem))
            return problem;
        if (number.InTheWay is not [])
            return NumberProblems.InTheWay(number.InTheWay);

        var target = new NumberTarget(urls.Voice(command.AssistantId, command.WebhookKey), urls.NumberEvent(command.AssistantId));
        var changes = Changes(number, target);
        if (command.Apply && changes.Count > 0)
        {
            if (!(await book.PointAsync(account, number.Sid, target, cancellationToken)).TryGet(out _, out problem))
                return problem;
            logger.NumberSetUp(command.AssistantId);
        }

        return new NumberSetup(number.Number, command.AssistantId, command.Apply, changes);
    }

    private static PhoneNumber? NumberOf(PhoneDeployment phone) => PhoneNumber.TryParse(phone.PhoneNumber, out var number) ? number : null;

    // By POST: what Twilio gets with stands in a URL, and a caller's number has no business there.
    private static List<NumberChange> Changes(NumberEntry number, NumberTarget target) =>
    [
        .. UrlChange("voice_url", number.VoiceUrl, target.VoiceUrl),
        .. Change("voice_method", number.VoiceMethod, Post),
        .. UrlChange("status_callback", number.StatusCallback, target.StatusCallback),
        .. Change("status_callback_method", number.StatusCallbackMethod, Post),
    ];

    private static IEnumerable<NumberChange> UrlChange(string field, string? from, Uri to) =>
        from == to.OriginalString ? [] : [new(field, from is null ? null : MaskedUrl.Of(from), MaskedUrl.Of(to.OriginalString))];

    private static IEnumerable<NumberChange> Change(string field, string? from, string to) => from == to ? [] : [new(field, from, to)];

    // A key with more scopes than this one is not made: whoever sees the URL can do nothing with it.
    private async Task<Problem?> RefuseKeyAsync(SetUpNumberCommand command, CancellationToken cancellationToken)
    {
        var holder = await apiKeys.AuthenticateAsync(command.WebhookKey.Reveal(), cancellationToken);
        if (holder?.ProjectId != command.ProjectId)
            return NumberProblems.WebhookKeyUnknown; // Another project's is as unknown as none.
        return holder.Scopes.Contains(Scopes.Webhook) ? null : NumberProblems.WebhookScopeMissing;
    }
}
