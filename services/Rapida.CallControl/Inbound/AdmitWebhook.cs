using System.Text.RegularExpressions;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.CallControl.Diagnostics;
using Rapida.Deployments.V1;
using Rapida.ServiceDefaults.Access;

namespace Rapida.CallControl.Inbound;

/// <summary>What is known of a voice webhook once it is proved.</summary>
internal sealed record AdmittedCall(Guid ProjectId, Guid CredentialId, ResolvePhoneCallResponse Deployment);

/// <summary>
/// Proves that a voice webhook is Twilio's, the key's and the assistant's: cheapest refusal first. Outside every refusal looks the same;
/// inside it is counted by reason.
/// </summary>
internal sealed partial class AdmitWebhook(IApiKeys apiKeys, FindDeployment findDeployment, TwilioAccounts accounts, CountDiagnostic diagnostics)
{
    /// <summary>Null when it is refused.</summary>
    public async Task<AdmittedCall?> ExecuteAsync(string assistantId, TwilioWebhook webhook, CancellationToken cancellationToken)
    {
        if (!AssistantIdText.IsOne(assistantId) || !CallSid().IsMatch(webhook.CallSid ?? "") || !AccountSid().IsMatch(webhook.AccountSid ?? ""))
            return await RefuseAsync(CountDiagnostic.Operator, "webhook_shape", cancellationToken);
        if (webhook.ApiKey is null || await apiKeys.AuthenticateAsync(webhook.ApiKey, cancellationToken) is not { } holder)
            return await RefuseAsync(CountDiagnostic.Operator, "webhook_api_key", cancellationToken);
        if (!holder.Scopes.Contains(Scopes.Webhook))
            return await RefuseAsync(holder.ProjectId, "webhook_scope", cancellationToken);
        if (await findDeployment.ExecuteAsync(holder.ProjectId, assistantId, cancellationToken) is not { } deployment)
            return await RefuseAsync(holder.ProjectId, "webhook_assistant_unknown", cancellationToken);
        if (deployment.Phone is null || !Guid.TryParse(deployment.Phone.CredentialId, out var credentialId))
            return await RefuseAsync(holder.ProjectId, "webhook_phone_deployment_missing", cancellationToken);
        if (await accounts.SidAsync(holder.ProjectId, credentialId, cancellationToken) != webhook.AccountSid)
            return await RefuseAsync(holder.ProjectId, "webhook_account", cancellationToken);

        var tokens = await accounts.SigningTokensAsync(holder.ProjectId, credentialId, cancellationToken);
        return tokens.HaveSigned(webhook.Url, webhook.SignedForm, webhook.Signature)
            ? new(holder.ProjectId, credentialId, deployment)
            : await RefuseAsync(holder.ProjectId, $"webhook_{webhook.WhyNotSigned(tokens)}", cancellationToken);
    }

    private async Task<AdmittedCall?> RefuseAsync(Guid projectId, string reason, CancellationToken cancellationToken)
    {
        await diagnostics.ExecuteAsync(projectId, reason, cancellationToken);
        return null;
    }

    [GeneratedRegex(@"^CA[0-9a-fA-F]{32}\z")]
    private static partial Regex CallSid();

    [GeneratedRegex(@"^AC[0-9a-fA-F]{32}\z")]
    private static partial Regex AccountSid();
}
