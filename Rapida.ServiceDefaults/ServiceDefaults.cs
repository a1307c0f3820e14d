using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Endpoints;
using Rapida.ServiceDefaults.OpenApi;
using Rapida.ServiceDefaults.Problems;
using Rapida.ServiceDefaults.Telemetry;

namespace Rapida.ServiceDefaults;

/// <summary>What every service has: telemetry, health, problems, access, its two endpoints, and a description of them.</summary>
public static class ServiceDefaults
{
    private const string Live = "live";

    /// <summary>Adds what every service has.</summary>
    /// <param name="builder">The service's host.</param>
    /// <param name="service">The service's name among its peers, such as <c>vault</c>: issuer and audience of its tokens.</param>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder, string service)
    {
        builder.AddSecretFiles();
        builder.AddTelemetry(service);
        builder.AddProblems();
        builder.AddAccess(service);
        builder.ListenOnHttpAndGrpc();
        builder.AddApiDescription();

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [Live]);
        return builder;
    }

    // A folder of files such as Vault__KeyRing__Active, as Kubernetes mounts a Secret: each is a setting, above all others.
    private static void AddSecretFiles(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["Secrets:Folder"] is { Length: > 0 } folder)
            builder.Configuration.AddKeyPerFile(folder, optional: false, reloadOnChange: true);
    }

    /// <summary>
    /// Answers problems, and maps <c>/health</c> (may take traffic) and <c>/alive</c> (need not be restarted), in every environment:
    /// dependants wait for them. Comes before every other middleware.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.UseProblems();
        app.MapHealthChecks("/health");
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) });
        return app;
    }
}
