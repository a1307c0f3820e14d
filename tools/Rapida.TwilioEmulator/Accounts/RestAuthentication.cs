using System.Net.Http.Headers;
using System.Text;

namespace Rapida.TwilioEmulator.Accounts;

/// <summary>Basic authentication with an account's SID and token, for the account that the path names or, if it names none, for its own.</summary>
internal sealed class RestAuthentication(AccountDirectory accounts) : IEndpointFilter
{
    /// <summary>Under this key the request's items hold the account that asks.</summary>
    public const string Caller = "account";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers["Twilio-Request-Id"] = Sid.New("RQ");

        if (Authenticate(http.Request) is not { } caller)
            return RestError.Unauthorized();
        http.Items[Caller] = caller;
        if (!http.Request.RouteValues.ContainsKey("accountSid"))
            return await next(context);
        if (accounts.Find(http.GetRouteValue("accountSid") as string) is not { } target)
            return RestError.NotFound(http.Request.Path);
        return caller.MayActOn(target) ? await next(context) : RestError.Unauthorized();
    }

    private Account? Authenticate(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || header.Scheme != "Basic")
            return null;

        var decoded = new byte[header.Parameter?.Length ?? 0];
        if (!Convert.TryFromBase64String(header.Parameter ?? "", decoded, out var length))
            return null;

        var (sid, token) = Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2) is [var user, var password] ? (user, password) : ("", "");
        return accounts.Find(sid) is { } account && account.HasToken(token) ? account : null;
    }
}
