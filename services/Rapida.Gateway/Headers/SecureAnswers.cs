using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Rapida.Gateway.Headers;

/// <summary>
/// What browsers and caches shall know of every answer, whoever gave it. A service that says something else about contents or caching has its reason.
/// </summary>
internal static class SecureAnswers
{
    private const string OneYear = "max-age=31536000";

    public static Task ApplyAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(Secure, context);
        return next(context);
    }

    private static Task Secure(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer"; // A webhook's URL holds a key.
        if (StringValues.IsNullOrEmpty(headers.ContentSecurityPolicy))
            headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        if (StringValues.IsNullOrEmpty(headers.CacheControl))
            headers.CacheControl = "no-store";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = OneYear;
        headers.Remove(HeaderNames.Server);
        return Task.CompletedTask;
    }
}
