using System.Globalization;

namespace Rapida.Gateway.Rates;

/// <summary>Lets a request pass, or says when to come again. Every answer tells how much is left.</summary>
internal sealed class LimitRate(RequestDelegate next, WhoAsks who, CountRequest count)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var isWebhook = context.GetReverseProxyFeature().Route.Config.RouteId == Routes.Webhooks;
        var counted = who.Of(context, isWebhook);
        var verdict = await count.ExecuteAsync(counted);

        Tell(context.Response.Headers, counted, verdict);
        if (verdict.Refused is not { } refused)
        {
            await next(context);
            return;
        }

        GatewayMetrics.Refused.Add(1, new("kind", isWebhook ? "webhook" : "api"), new("by", refused.Name));
        var seconds = Math.Max(1, (int)Math.Ceiling(verdict.Wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await GatewayProblems.TooMany(refused, seconds).ExecuteAsync(context);
    }

    // draft-ietf-httpapi-ratelimit-headers:  RateLimit-Policy: "key";q=100;w=5, "address";q=200;w=4
    //                                        RateLimit: "key";r=99;t=1, "address";r=199;t=1
    private static void Tell(IHeaderDictionary headers, IReadOnlyList<Counted> counted, Verdict verdict)
    {
        headers["RateLimit-Policy"] = string.Join(
            ", ", counted.Select(one => string.Create(
                CultureInfo.InvariantCulture, $"\"{one.Name}\";q={one.Rate.Burst};w={Seconds(one.Rate.Burst, one.Rate)}")));
        headers["RateLimit"] = string.Join(
            ", ", counted.Zip(verdict.Left, (one, left) => string.Create(
                CultureInfo.InvariantCulture, $"\"{one.Name}\";r={left};t={Seconds(one.Rate.Burst - left, one.Rate)}")));
    }

    // Until so many are there again.
    private static long Seconds(long requests, Rate rate) => (long)Math.Ceiling(requests / rate.PerSecond);
}
