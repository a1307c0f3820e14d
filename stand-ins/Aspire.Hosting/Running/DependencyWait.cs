using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Running;

internal sealed class DependencyWait(ResourceNotificationService notifications)
{
    /// <summary>Returns when all that the resource waits for has come; throws when some of it cannot come any more.</summary>
    public Task AllAsync(IResource resource, CancellationToken cancellationToken)
        => Task.WhenAll(resource.Annotations.OfType<WaitAnnotation>().Select(wait => OneAsync(wait, cancellationToken)));

    /// <summary>How many waits deep a resource starts; those that start last stop first.</summary>
    public static int DepthOf(IResource resource) => DepthOf(resource, []);

    private async Task OneAsync(WaitAnnotation wait, CancellationToken cancellationToken)
    {
        var name = wait.Resource.Name;
        var reached = await notifications.WaitForResourceAsync(
            name, update => ResourceNotificationService.IsOver(update) || HasCome(wait.WaitType, update.Snapshot), cancellationToken);
        if (!ResourceNotificationService.IsOver(reached)) return;

        var state = reached.Snapshot.State!.Text;
        if (state == KnownResourceStates.FailedToStart) throw new DistributedApplicationException($"'{name}' failed to start.");
        if (wait.WaitType != WaitType.WaitForCompletion)
            throw new DistributedApplicationException($"'{name}' exited with code {reached.Snapshot.ExitCode} before it was ready.");
        if (reached.Snapshot.ExitCode != wait.ExitCode)
            throw new DistributedApplicationException($"'{name}' finished with exit code {reached.Snapshot.ExitCode}, not {wait.ExitCode}.");
    }

    private static bool HasCome(WaitType wait, CustomResourceSnapshot snapshot) => wait switch
    {
        WaitType.WaitUntilHealthy => snapshot.HealthStatus == HealthStatus.Healthy,
        WaitType.WaitUntilStarted => snapshot.State?.Text == KnownResourceStates.Running,
        _ => false,
    };

    private static int DepthOf(IResource resource, HashSet<IResource> path)
    {
        if (!path.Add(resource))
            throw new DistributedApplicationException($"These wait for each other: {string.Join(", ", path.Select(member => member.Name))}.");
        var depth = resource.Annotations.OfType<WaitAnnotation>().Select(wait => 1 + DepthOf(wait.Resource, path)).DefaultIfEmpty(0).Max();
        path.Remove(resource);
        return depth;
    }
}
