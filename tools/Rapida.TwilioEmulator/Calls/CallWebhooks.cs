using Rapida.TwilioEmulator.Webhooks;

namespace Rapida.TwilioEmulator.Calls;

/// <summary>Sends a call's requests, each of which leaves a line in its journal.</summary>
internal sealed class CallWebhooks(WebhookClient client, TimeProvider clock)
{
    public async Task<WebhookOutcome> SendAsync(
        Call call, string purpose, string url, string method, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        RetryRules.Parse(WebhookAddress.Parse(url).Fragment, out var invalid);
        if (invalid)
            call.Journal.Warn(11243, "HTTP retry policy is invalid", call.Line.NowMs);

        var (at, started) = (clock.GetUtcNow(), clock.GetTimestamp());
        var outcome = await client.SendAsync(new WebhookRequest(purpose, url, method, fields, call.Account.AuthToken, call.Cookies), cancellationToken);
        var report = new WebhookReport(
            purpose, method, WebhookAddress.Parse(url).Redacted, outcome.Status, outcome.ErrorCode,
            (int)clock.GetElapsedTime(started).TotalMilliseconds, at);
        call.Journal.Add(new CallEvent("webhook") { Webhook = report, AtMs = call.Line.NowMs });
        return outcome;
    }

    /// <summary>Tells a customer what happened. A refusal is only worth a warning.</summary>
    public async Task NotifyAsync(
        Call call, string purpose, string url, string method, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        var outcome = await SendAsync(call, purpose, url, method, fields, cancellationToken);
        if (!outcome.Succeeded)
            call.Journal.Warn(15003, $"Warning response to callback URL: {outcome.Error}", call.Line.NowMs);
    }
}
