using Microsoft.Extensions.Options;

namespace Rapida.Gateway.Rates;

internal static class RatesRegistration
{
    public static void AddRates(this WebApplicationBuilder builder)
    {
        // Not part of /health: without Redis the door stays open. Connected at the start, and not by the first caller.
        builder.AddRedisClient("cache", redis => (redis.DisableHealthChecks, redis.DisableAutoActivation) = (true, false));
        builder.Services.AddOptions<RatesOptions>().BindConfiguration(RatesOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<RatesOptions>, RatesOptionsValidator>();
        builder.Services.AddSingleton<WhoAsks>();
        builder.Services.AddSingleton<CountInRedis>();
        builder.Services.AddSingleton<CountHere>();
        builder.Services.AddSingleton<CountRequest>();
    }

    public static void UseRates(this IApplicationBuilder app) => app.UseMiddleware<LimitRate>();
}
