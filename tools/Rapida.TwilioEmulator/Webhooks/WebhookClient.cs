using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Rapida.TwilioEmulator.Webhooks;

/// <summary>Requests customers' URLs as Twilio does: signed, within 15 s, retried by the rules of the URL, redirects followed.</summary>
internal sealed class WebhookClient(TimeProvider clock) : IDisposable
{
    private const int MaxRedirects = 10;

    // Enough to see that a document is over Twilio's limit of 64 kB.
    private const int MaxBody = 64 * 1024 + 1;

    private readonly HttpMessageInvoker _http = new(WebhookConnection.CreateHandler(clock));

    public async Task<WebhookOutcome> SendAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        var rules = RetryRules.Parse(WebhookAddress.Parse(request.Address).Fragment, out _);
        using var total = new CancellationTokenSource(rules.Total, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(total.Token, cancellationToken);

        // The same for every attempt, so that the customer can tell a retry from a second request.
        var idempotencyToken = Guid.NewGuid().ToString();
        for (var attempt = 0; ; attempt++)
        {
            var (outcome, kind) = await FollowAsync(request, rules, idempotencyToken, either.Token);
            cancellationToken.ThrowIfCancellationRequested();
            if ((kind & rules.On) == 0 || attempt == rules.Retries || total.IsCancellationRequested)
                return outcome;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<(WebhookOutcome Outcome, FailureKind Kind)> FollowAsync(
        WebhookRequest request, RetryRules rules, string idempotencyToken, CancellationToken cancellationToken)
    {
        var (address, method) = (WebhookAddress.Parse(request.Address), request.Method);
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            var url = address.Redacted;
            try
            {
                using var message = Message(request, address, method, rules, idempotencyToken);
                if (message is null)
                    return (WebhookOutcome.Failed(11200, "Not a valid http or https URL", url), FailureKind.None);

                using var response = await SendOnceAsync(message, rules, cancellationToken);
                KeepCookies(request.Cookies, response, message.RequestUri!);
                if (response.Headers.Location is { } location && (int)response.StatusCode is >= 300 and < 400)
                {
                    method = response.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect ? method : "GET";
                    address = WebhookAddress.Parse(new Uri(message.RequestUri!, location).AbsoluteUri);
                    continue;
                }
                return await OutcomeAsync(response, address, cancellationToken);
            }
            catch (Exception failure) when (Describe(failure) is (var code, var kind, var text))
            {
                return (WebhookOutcome.Failed(code, text, url), kind);
            }
        }
        return (WebhookOutcome.Failed(11215, "HTTP too many redirects", address.Redacted), FailureKind.None);
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage message, RetryRules rules, CancellationToken cancellationToken)
    {
        // The first byte is due within rt, counted from the connection; the connection has its own limit.
        using var read = new CancellationTokenSource(rules.Connect + rules.Read, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(read.Token, cancellationToken);
        return await _http.SendAsync(message, either.Token);
    }

    private static HttpRequestMessage? Message(WebhookRequest request, WebhookAddress address, string method, RetryRules rules, string idempotencyToken)
    {
        var isPost = method == "POST";
        var target = isPost ? address : address.WithQuery(FormText.Query(request.Fields));
        if (!target.TryGetUri(out var uri))
            return null;

        var message = new HttpRequestMessage(new HttpMethod(method), uri);
        message.Options.Set(WebhookConnection.ConnectLimit, rules.Connect);
        message.Headers.Host = target.Host;
        message.Headers.UserAgent.ParseAdd("TwilioProxy/1.1");
        message.Headers.Accept.ParseAdd("*/*");
        message.Headers.Add("I-Twilio-Idempotency-Token", idempotencyToken);
        message.Headers.Add(TwilioSignature.Header, TwilioSignature.Compute(request.AuthToken, target.SignedUrl, isPost ? request.Fields : []));
        if (target.UserInfo is { } userInfo)
            message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(userInfo))));
        if (request.Cookies.GetCookieHeader(uri!) is { Length: > 0 } cookies)
            message.Headers.Add("Cookie", cookies);
        if (isPost)
            message.Content = new StringContent(FormText.Body(request.Fields), Encoding.UTF8, "application/x-www-form-urlencoded");
        return message;
    }

    private static async Task<(WebhookOutcome, FailureKind)> OutcomeAsync(HttpResponseMessage response, WebhookAddress address, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status >= 400)
        {
            var kind = status >= 500 ? FailureKind.ServerError : FailureKind.ClientError;
            return (WebhookOutcome.Failed(11200, $"Got HTTP {status} response", address.Redacted, status), kind);
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxBody];
        var length = await body.ReadAtLeastAsync(buffer, MaxBody, throwOnEndOfStream: false, cancellationToken);
        var outcome = new WebhookOutcome(
            null, null, address.Url, status, response.Content.Headers.ContentType?.MediaType,
            response.Headers.TransferEncodingChunked == true, buffer[..length]);
        return (outcome, FailureKind.None);
    }

    private static void KeepCookies(CookieContainer cookies, HttpResponseMessage response, Uri uri)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var values))
            return;
        foreach (var value in values)
        {
            try
            {
                cookies.SetCookies(uri, value);
            }
            catch (CookieException)
            {
                // A cookie that is not for this host; browsers drop it too.
            }
        }
    }

    private static (int Code, FailureKind Kind, string Text)? Describe(Exception failure) => failure switch
    {
        HttpRequestException { InnerException: ConnectFailedException connect } => (11205, FailureKind.Connect, connect.Message),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => (11210, FailureKind.Connect, "HTTP bad host name"),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } tls => (11205, FailureKind.Connect, tls.Message),
        HttpRequestException or IOException => (11200, FailureKind.Read, failure.Message),
        OperationCanceledException => (11205, FailureKind.Read, "The request took too long"),
        _ => null,
    };
}
