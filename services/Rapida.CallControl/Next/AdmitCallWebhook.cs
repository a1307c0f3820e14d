using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.CallControl.Database;
using Rapida.CallControl.Diagnostics;
using Rapida.CallControl.Media;
using Rapida.CallControl.Outbound;
using Rapida.ServiceDefaults.Access;

namespace Rapida.CallControl.Next;

/// <summary>Proves that a webhook about a call we know is Twilio's. Every refusal looks the same from outside.</summary>
internal sealed class AdmitCallWebhook(
    CallsDbContext db, TwilioAccounts accounts, CountDiagnostic diagnostics, IOptions<MediaContextOptions> options)
{
    private readonly byte[] _contextKey = Convert.FromBase64String(options.Value.ContextKey);

    /// <summary>The call behind a context's id; null when it is refused. A forged id costs no look-up.</summary>
    public async Task<Call?> ByContextAsync(string contextId, TwilioWebhook webhook, CancellationToken cancellationToken)
    {
        if (!ContextId.IsGenuine(_contextKey, contextId))
            return await RefuseAsync(CountDiagnostic.Operator, "callback_context_forged", cancellationToken);

        var call = await (
            from context in db.MediaContexts.AsNoTracking()
            join row in db.Calls.AsNoTracking() on context.CallId equals row.Id
            where context.Id == contextId
            select row).SingleOrDefaultAsync(cancellationToken);
        return call is null
            ? await RefuseAsync(CountDiagnostic.Operator, "callback_context_unknown", cancellationToken)
            : await ProveAsync(call, webhook, cancellationToken);
    }

    /// <summary>The call with the webhook's CallSid, if it is of this assistant; null when it is refused.</summary>
    public async Task<Call?> BySidAsync(string assistantId, TwilioWebhook webhook, CancellationToken cancellationToken)
    {
        // None at all would find the calls that Twilio has not named yet.
        var sid = webhook["ParentCallSid"] ?? webhook.CallSid;
        if (!LearnCallSid.IsSid(sid))
            return await RefuseAsync(CountDiagnostic.Operator, "callback_shape", cancellationToken);
        var call = await db.Calls.AsNoTracking()
            .SingleOrDefaultAsync(row => row.CallSid == sid && row.AssistantId == assistantId, cancellationToken);
        return call is null
            ? await RefuseAsync(CountDiagnostic.Operator, "callback_call_unknown", cancellationToken)
            : await ProveAsync(call, webhook, cancellationToken);
    }

    private async Task<Call?> ProveAsync(Call call, TwilioWebhook webhook, CancellationToken cancellationToken)
    {
        if (webhook.AccountSid != call.AccountSid || !LearnCallSid.MayBe(call, webhook.CallSid, webhook["ParentCallSid"]))
            return await RefuseAsync(call.ProjectId, "callback_other_call", cancellationToken);

        var tokens = await accounts.SigningTokensAsync(call.ProjectId, call.CredentialId, cancellationToken);
        return tokens.HaveSigned(webhook.Url, webhook.SignedForm, webhook.Signature)
            ? call
            : await RefuseAsync(call.ProjectId, $"callback_{webhook.WhyNotSigned(tokens)}", cancellationToken);
    }

    private async Task<Call?> RefuseAsync(Guid projectId, string reason, CancellationToken cancellationToken)
    {
        await diagnostics.ExecuteAsync(projectId, reason, cancellationToken);
        return null;
    }
}
