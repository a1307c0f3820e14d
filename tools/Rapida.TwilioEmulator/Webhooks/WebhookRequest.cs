using System.Net;

namespace Rapida.TwilioEmulator.Webhooks;

/// <summary>One request to a customer: where, how, with which fields, signed with whose token.</summary>
/// <param name="Purpose">What it is for, in the call's report: voice, action, fallback, status, amd or stream.</param>
internal sealed record WebhookRequest(
    string Purpose, string Address, string Method, IReadOnlyList<KeyValuePair<string, string>> Fields, string AuthToken, CookieContainer Cookies);

/// <summary>What came of it: an answer with a status below 400, or the code of Twilio's error.</summary>
/// <param name="Url">Where the answer came from, after redirects.</param>
internal sealed record WebhookOutcome(int? ErrorCode, string? Error, string Url, int? Status, string? ContentType, bool Chunked, byte[] Body)
{
    public bool Succeeded => ErrorCode is null;

    public static WebhookOutcome Failed(int code, string error, string url, int? status = null) => new(code, error, url, status, null, false, []);
}
