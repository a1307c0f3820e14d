using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Running;

/// <summary>Healthy when every replica answers with the expected status: one that is still starting behind the shared address is not hidden by another.</summary>
internal sealed class HttpHealthCheck(Func<EndpointReference> endpointSelector, string path, int expected) : IHealthCheck
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(1) })
    {
        Timeout = TimeSpan.FromSeconds(5),
    };

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var endpoint = endpointSelector();
        foreach (var port in endpoint.EndpointAnnotation.TargetPorts)
        {
            var url = new UriBuilder(endpoint.Scheme, "localhost", port).Uri;
            try
            {
                using var response = await Http.GetAsync(new Uri(url, path), cancellationToken);
                if ((int)response.StatusCode != expected) return HealthCheckResult.Unhealthy($"{url} answered {(int)response.StatusCode}, not {expected}");
            }
            catch (Exception exception) when (exception is HttpRequestException or SocketException or TaskCanceledException)
            {
                return HealthCheckResult.Unhealthy($"{url} did not answer: {exception.Message}");
            }
        }

        return HealthCheckResult.Healthy();
    }
}
