using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Rapida.Gateway.Limits;

/// <summary>Refuses a body that says itself that it is too large. One that does not say is stopped where it exceeds the limit.</summary>
internal sealed class RefuseLargeBody(RequestDelegate next, IOptions<LimitsOptions> limits)
{
    // Whoever is still sending when a connection closes may lose the answer with it. So what is only a little too large is read and thrown away.
    private const int ReadAway = 8;

    public Task InvokeAsync(HttpContext context)
    {
        var most = limits.Value.MaxBodyBytes;
        if (context.Request.ContentLength is not { } length || length <= most)
            return next(context);

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = (long)most * ReadAway;
        return GatewayProblems.TooLarge(most).ExecuteAsync(context);
    }
}
