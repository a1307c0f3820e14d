using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.CallControl.Database;
using Rapida.CallControl.Diagnostics;
using Rapida.Media.V1;

namespace Rapida.CallControl.Media;

/// <summary>Before the 101: did the Twilio account that owns the call sign this upgrade?</summary>
internal sealed class AuthoriseUpgrade(CallsDbContext db, TwilioAccounts accounts, CountDiagnostic diagnostics)
{
    public async Task<AuthoriseResponse> ExecuteAsync(AuthoriseRequest request, CancellationToken cancellationToken)
    {
        var found = await (
            from context in db.MediaContexts.AsNoTracking()
            join call in db.Calls.AsNoTracking() on context.CallId equals call.Id
            where context.Id == request.ContextId
            select new { call.ProjectId, call.CredentialId, call.Status }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return await RefuseAsync(CountDiagnostic.Operator, "stream_context_unknown", cancellationToken);
        if (found.Status.IsTerminal())
            return await RefuseAsync(found.ProjectId, "stream_after_the_end", cancellationToken);

        var tokens = await accounts.SigningTokensAsync(found.ProjectId, found.CredentialId, cancellationToken);
        return tokens.HaveSignedUpgrade(request.Url, request.Signature)
            ? new() { Authorised = true, ProjectId = found.ProjectId.ToString() }
            : await RefuseAsync(found.ProjectId, "stream_signature", cancellationToken);
    }

    private async Task<AuthoriseResponse> RefuseAsync(Guid projectId, string reason, CancellationToken cancellationToken)
    {
        await diagnostics.ExecuteAsync(projectId, reason, cancellationToken);
        return new() { Authorised = false };
    }
}
