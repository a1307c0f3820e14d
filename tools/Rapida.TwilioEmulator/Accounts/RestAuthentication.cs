using System.Net.Http.Headers;
using System.Text;

namespace Rapida.TwilioEmulator.Accounts;

/// <summary>An endpoint that API keys do not open.</summary>
internal sealed class NeedsAuthToken;

/// <summary>
/// Basic authentication with an account's SID and token, or with a key and its secret, for the account that the path names or, if it names
/// none, for its own.
/// </summary>
internal sealed class RestAuthentication(AccountDirectory accounts, RequestLimit limit) : IEndpointFilter
{
    /// <summary>Under this key the request's items hold the account that asks.</summary>
    public const string Caller = "account";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers["Twilio-Request-Id"] = Sid.New("RQ");

        if (Authenticate(http) is not { } caller)
            return RestError.Unauthorized();
        if (limit.TryEnter(caller) is not { } concurrent)
            return RestError.TooManyRequests(http.Response);
        try
        {
            http.Response.Headers["Twilio-Concurrent-Requests"] = $"{concurrent}";
            http.Items[Caller] = caller;
            return Refusal(http, caller) ?? await next(context);
        }
        finally
        {
            limit.Leave(caller);
        }
    }

    private IResult? Refusal(HttpContext http, Account caller)
    {
        if (!http.Request.RouteValues.ContainsKey("accountSid"))
            return null;
        if (accounts.Find(http.GetRouteValue("accountSid") as string) is not { } target)
            return RestError.NotFound(http.Request.Path);
        return caller.MayActOn(target) ? null : RestError.Unauthorized();
    }

    private Account? Authenticate(HttpContext http)
    {
        if (!AuthenticationHeaderValue.TryParse(http.Request.Headers.Authorization, out var header) || header.Scheme != "Basic")
            return null;

        var decoded = new byte[header.Parameter?.Length ?? 0];
        if (!Convert.TryFromBase64String(header.Parameter ?? "", decoded, out var length))
            return null;

        var (sid, secret) = Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2) is [var user, var password] ? (user, password) : ("", "");
        if (accounts.Find(sid) is { } account)
            return account.HasToken(secret) ? account : null;
        return http.GetEndpoint()?.Metadata.GetMetadata<NeedsAuthToken>() is null ? accounts.FindByKey(sid, secret) : null;
    }
}
