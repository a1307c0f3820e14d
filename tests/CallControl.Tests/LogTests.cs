using Rapida.Media.V1;

namespace CallControl.Tests;

[Collection(nameof(CallsUnderTest))]
public sealed class LogTests(CallsUnderTest calls)
{
    [Fact]
    public async Task No_number_key_token_or_ticket_is_in_any_log_line()
    {
        var caller = calls.NewCaller();
        var document = await caller.RingAsync();
        await caller.PostAsync(caller.WebhookUrl, caller.Incoming[1..]);
        await caller.PostAsync(caller.WebhookUrl, caller.Incoming, request => request.Headers.Remove("X-Twilio-Signature"));
        var claim = await caller.ClaimAsync(document);
        await caller.LeaveAsync(document, 1, LeaveIntent.Transfer, "+15557654321");
        await caller.NextAsync(document);
        await caller.StatusAsync(document, "completed");
        await calls.Ended.NextAsync((await calls.CallAsync(caller.CallSid))!.Id);

        calls.AssertNoSecretsIn(calls.Service.Logs, caller.From, "15557654321", document.Ticket, document.ContextId, claim.CredentialGrant);
    }
}
