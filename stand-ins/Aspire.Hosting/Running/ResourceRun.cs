using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.Running;

/// <summary>One resource from its wait to its end.</summary>
internal sealed class ResourceRun(
    IResource resource,
    IServiceProvider services,
    ResourceNotificationService notifications,
    IDistributedApplicationEventing eventing,
    DependencyWait dependencies,
    ProcessDescription description,
    Supervisor supervisor,
    HealthMonitor health,
    LogStream log) : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<SupervisedProcess> _processes = [];
    private volatile bool _stopping;

    public IResource Resource { get; } = resource;

    public int Depth { get; } = DependencyWait.DepthOf(resource);

    /// <summary>Ready, finished or failed: nothing more is to be expected of the start.</summary>
    public Task Settled => _settled.Task;

    /// <summary>Returns when the resource has started or failed to; never throws for the resource's own failure.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (Resource.HasAnnotationOfType<ExplicitStartupAnnotation>())
        {
            await BecomeAsync(KnownResourceStates.NotStarted);
            _settled.TrySetResult();
            return;
        }

        try
        {
            if (Resource.HasAnnotationOfType<WaitAnnotation>()) await BecomeAsync(KnownResourceStates.Waiting);
            await dependencies.AllAsync(Resource, cancellationToken);
            await eventing.PublishAsync(new BeforeResourceStartedEvent(Resource, services), cancellationToken);
            await LaunchAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The system stops while it starts.
            await BecomeAsync(KnownResourceStates.NotStarted);
            _settled.TrySetResult();
        }
        catch (Exception exception)
        {
            log.Warn($"{Resource.Name} cannot start: {exception.Message}");
            await BecomeAsync(Resource is ParameterResource ? KnownResourceStates.ValueMissing : KnownResourceStates.FailedToStart);
            _settled.TrySetResult();
        }
    }

    public bool IsAlive => _processes.Any(process => !process.Exited.IsCompleted);

    /// <summary>The stop has begun: no more health checks, and an exit is no news.</summary>
    public void Leave()
    {
        _stopping = true;
        _over.Cancel();
    }

    public Task StopAsync(TimeSpan grace) => Task.WhenAll(_processes.Select(process => process.StopAsync(grace)));

    public void Dispose() => _over.Dispose();

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        var checks = health.Pending(Resource);
        if (Resource is ProjectResource or ExecutableResource)
        {
            await BecomeAsync(KnownResourceStates.Starting);
            for (var replica = 0; replica < Resource.GetReplicaCount(); replica++)
            {
                var command = await description.BuildAsync(Resource, replica, cancellationToken);
                _processes.Add(await supervisor.StartAsync(command, (line, isError) => log.Write(command.Id, line)));
            }
        }
        else if (Resource is IValueProvider value)
        {
            // A parameter or connection string without a value shows here, not in each that uses it.
            await value.GetValueAsync(cancellationToken);
        }

        var urls = await ResourceUrls.OfAsync(Resource, cancellationToken);
        await notifications.PublishUpdateAsync(Resource, before => before with
        {
            State = KnownResourceStates.Running,
            StartTimeStamp = TimeProvider.System.GetUtcNow().UtcDateTime,
            Urls = urls,
            HealthReports = checks,
        });
        if (Resource is IResourceWithConnectionString)
            await eventing.PublishAsync(new ConnectionStringAvailableEvent(Resource, services), cancellationToken);

        if (_processes.Count > 0) _ = FollowAsync();
        if (checks.IsEmpty) await BecomeReadyAsync();
        else _ = WatchAsync();
    }

    private async Task BecomeReadyAsync()
    {
        await eventing.PublishAsync(new ResourceReadyEvent(Resource, services), _over.Token);
        _settled.TrySetResult();
    }

    private async Task WatchAsync()
    {
        try
        {
            await health.WatchAsync(Resource, BecomeReadyAsync, _over.Token);
        }
        catch (OperationCanceledException)
        {
            // The resource is over.
        }
        catch (Exception exception)
        {
            log.Warn($"The health of {Resource.Name} is not watched any more: {exception.Message}");
        }
    }

    private async Task FollowAsync()
    {
        var codes = await Task.WhenAll(_processes.Select(FollowAsync));
        await _over.CancelAsync();
        await notifications.PublishUpdateAsync(Resource, before => before with
        {
            State = KnownResourceStates.Finished,
            ExitCode = codes.FirstOrDefault(code => code != 0),
            StopTimeStamp = TimeProvider.System.GetUtcNow().UtcDateTime,
        });
        _settled.TrySetResult();
        if (notifications.TryGetCurrentState(Resource.Name, out var last))
            await eventing.PublishAsync(new ResourceStoppedEvent(Resource, services, last));
    }

    private async Task<int> FollowAsync(SupervisedProcess process, int replica)
    {
        var code = await process.Exited;
        var name = ProcessDescription.NameOf(Resource, replica);
        if (!_stopping && code == 0) log.Say($"{name} has finished.");
        else if (!_stopping) log.Warn($"{name} exited with code {code}.");
        return code;
    }

    private Task BecomeAsync(string state) => notifications.PublishUpdateAsync(Resource, before => before with { State = state });
}
