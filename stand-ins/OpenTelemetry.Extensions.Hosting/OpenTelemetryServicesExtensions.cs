using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Extensions.Hosting.Implementation;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Sets OpenTelemetry up in a service collection.</summary>
public static class OpenTelemetryServicesExtensions
{
    /// <summary>Adds the SDK's providers, which start with the host and are flushed when its container is disposed.
    /// May be called any number of times: there is one provider of each kind per collection.</summary>
    public static OpenTelemetryBuilder AddOpenTelemetry(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);

        // First in the collection, so that what other hosted services do at their start is seen.
        if (!services.Any(service => service.ImplementationType == typeof(TelemetryHostedService)))
            services.Insert(0, ServiceDescriptor.Singleton<IHostedService, TelemetryHostedService>());

        return new OpenTelemetryBuilder(services);
    }
}
