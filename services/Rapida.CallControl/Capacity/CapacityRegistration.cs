using Microsoft.Extensions.Options;

namespace Rapida.CallControl.Capacity;

internal static class CapacityRegistration
{
    public static void AddCapacity(this WebApplicationBuilder builder)
    {
        // Not part of /health: without Redis calls go on.
        builder.AddRedisClient("cache", redis => (redis.DisableHealthChecks, redis.DisableAutoActivation) = (true, false));
        builder.Services.AddOptions<CapacityOptions>().BindConfiguration(CapacityOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<CapacityOptions>, CapacityOptionsValidator>();
        builder.Services.AddSingleton<TakePlace>();
        builder.Services.AddScoped<FreePlace>();
        builder.Services.AddHostedService<KeepPlaces>();
    }
}
