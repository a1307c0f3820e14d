using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What every resource is doing now. The replicas of one resource are one entry here.</summary>
public class ResourceNotificationService : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Channel<ResourceEvent>> _watchers = [];
    private readonly CancellationToken _stopping;

    internal ResourceNotificationService(CancellationToken stopping) => _stopping = stopping;

    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
        => PublishUpdateAsync(resource, resource.Name, stateFactory);

    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        lock (_gate)
        {
            var before = _current.GetValueOrDefault(resourceId)?.Snapshot
                ?? new CustomResourceSnapshot { ResourceType = resource.GetType().Name.Replace("Resource", "", StringComparison.Ordinal), Properties = [] };
            var update = new ResourceEvent(resource, resourceId, stateFactory(before));
            _current[resourceId] = update;
            foreach (var watcher in _watchers) watcher.Writer.TryWrite(update);
        }

        return Task.CompletedTask;
    }

    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        lock (_gate) return _current.TryGetValue(resourceId, out resourceEvent);
    }

    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Unbounded: a resource changes its state a few times in its life.
        var updates = Channel.CreateUnbounded<ResourceEvent>();
        lock (_gate)
        {
            foreach (var state in _current.Values) updates.Writer.TryWrite(state);
            _watchers.Add(updates);
        }

        try
        {
            await foreach (var update in updates.Reader.ReadAllAsync(cancellationToken)) yield return update;
        }
        finally
        {
            lock (_gate) _watchers.Remove(updates);
        }
    }

    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default)
        => WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var wanted = targetStates.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var reached = await WaitForResourceAsync(resourceName, update => wanted.Contains(update.Snapshot.State?.Text ?? ""), cancellationToken);
        return reached.Snapshot.State!.Text;
    }

    /// <exception cref="OperationCanceledException">The system stops: what is waited for will not come.</exception>
    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping);
        await foreach (var update in WatchAsync(either.Token))
        {
            if (string.Equals(update.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase) && predicate(update)) return update;
        }

        throw new OperationCanceledException($"The wait for '{resourceName}' ended without it.", cancellationToken);
    }

    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default)
        => WaitForResourceHealthyAsync(resourceName, WaitBehavior.WaitOnResourceUnavailable, cancellationToken);

    public async Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var reached = await WaitForResourceAsync(
            resourceName,
            update => update.Snapshot.HealthStatus == HealthStatus.Healthy || (waitBehavior == WaitBehavior.StopOnResourceUnavailable && IsOver(update)),
            cancellationToken);
        return IsOver(reached)
            ? throw new DistributedApplicationException($"'{resourceName}' did not become healthy: it is {reached.Snapshot.State!.Text}.")
            : reached;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var watcher in _watchers) watcher.Writer.TryComplete();
        }

        GC.SuppressFinalize(this);
    }

    internal static bool IsOver(ResourceEvent update) => KnownResourceStates.TerminalStates.Contains(update.Snapshot.State?.Text ?? "");
}
