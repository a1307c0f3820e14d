using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Running;

internal sealed class HealthMonitor(
    HealthCheckService checks, IOptions<HealthCheckServiceOptions> registered, ResourceNotificationService notifications, LogStream log)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50), LongestPause = TimeSpan.FromSeconds(1), Routine = TimeSpan.FromSeconds(15);

    /// <summary>The checks of a resource before their first run: not healthy yet. Empty if it has none.</summary>
    public ImmutableArray<HealthReportSnapshot> Pending(IResource resource)
    {
        var keys = KeysOf(resource);
        var missing = keys.FirstOrDefault(key => registered.Value.Registrations.All(registration => registration.Name != key));
        return missing is null
            ? [.. keys.Select(key => new HealthReportSnapshot(key, Status: null, Description: null, ExceptionText: null))]
            : throw new DistributedApplicationException($"No health check is registered under the key '{missing}'.");
    }

    /// <summary>Asks often until the first good answer, then now and then, and calls back on that first answer.</summary>
    public async Task WatchAsync(IResource resource, Func<Task> ready, CancellationToken cancellationToken)
    {
        var keys = KeysOf(resource);
        bool? healthy = null;
        var pause = FirstPause;
        while (true)
        {
            var report = await checks.CheckHealthAsync(registration => keys.Contains(registration.Name), cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            await notifications.PublishUpdateAsync(resource, before => before with { HealthReports = Snapshots(report) });

            var now = report.Status == HealthStatus.Healthy;
            if (now && healthy is null) await ready();
            else if (healthy is not null && now != healthy) Tell(resource, now, report);
            if (now || healthy is not null) healthy = now;

            await Task.Delay(healthy is null ? pause : Routine, cancellationToken);
            pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
        }
    }

    private void Tell(IResource resource, bool healthy, HealthReport report)
    {
        if (healthy) log.Say($"{resource.Name} is healthy again.");
        else log.Warn($"{resource.Name} is unhealthy: {report.Entries.Values.First(entry => entry.Status != HealthStatus.Healthy).Description}");
    }

    private static ImmutableArray<HealthReportSnapshot> Snapshots(HealthReport report) =>
        [.. report.Entries.Select(entry => new HealthReportSnapshot(entry.Key, entry.Value.Status, entry.Value.Description, entry.Value.Exception?.Message))];

    private static HashSet<string> KeysOf(IResource resource) => [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key)];
}
