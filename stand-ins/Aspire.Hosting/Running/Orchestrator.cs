using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Running;

/// <summary>Starts the whole system in the order of its waits, and stops it in the reverse one.</summary>
internal sealed class Orchestrator(
    DistributedApplicationModel model,
    IServiceProvider services,
    IDistributedApplicationEventing eventing,
    ResourceNotificationService notifications,
    Supervisor supervisor,
    IHostApplicationLifetime lifetime,
    LogStream log) : IHostedService
{
    // The whole stop; a process has up to three seconds of it, and each level that stops later keeps half a second.
    private static readonly TimeSpan StopBudget = TimeSpan.FromSeconds(4), Grace = TimeSpan.FromSeconds(3), Reserve = TimeSpan.FromSeconds(0.5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private List<ResourceRun> _runs = [];
    private List<TcpProxy> _proxies = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await eventing.PublishAsync(new BeforeStartEvent(services, model), cancellationToken);
            if (model.Resources.OfType<ContainerResource>().FirstOrDefault() is { } container)
                throw Unavailable.Because($"'{container.Name}' is a container, and to run containers");

            _runs = [.. model.Resources.Select(resource => ActivatorUtilities.CreateInstance<ResourceRun>(services, resource))];
            _proxies = EndpointAllocation.Allocate(model.Resources);
            foreach (var resource in model.Resources.OfType<IResourceWithEndpoints>())
                await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), cancellationToken);

            supervisor.Start();
            log.Say($"Starting {_runs.Count(run => run.Resource is ProjectResource or ExecutableResource)} processes. Ctrl-C stops them all.");
            var table = PrintTableAsync();
            await Task.WhenAll(_runs.Select(run => run.StartAsync(cancellationToken)));
            await eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), cancellationToken);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Stopped while it was starting: the stop follows.
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        foreach (var run in _runs) run.Leave();
        var levels = _runs.Where(run => run.IsAlive).GroupBy(run => run.Depth).OrderByDescending(level => level.Key).ToList();
        if (_runs.Count > 0) log.Say("Stopping.");
        for (var i = 0; i < levels.Count; i++)
        {
            var left = StopBudget - watch.Elapsed - Reserve * (levels.Count - 1 - i);
            var grace = left < Grace ? left : Grace;
            await Task.WhenAll(levels[i].Select(run => run.StopAsync(grace > TimeSpan.Zero ? grace : TimeSpan.Zero)));
        }

        foreach (var proxy in _proxies) await proxy.DisposeAsync();
        await supervisor.DisposeAsync();
        foreach (var run in _runs) run.Dispose();
    }

    private async Task PrintTableAsync()
    {
        var settled = Task.WhenAll(_runs.Select(run => run.Settled));
        if (await Task.WhenAny(settled, Task.Delay(Patience, lifetime.ApplicationStopping)) != settled) Print();
        await settled;
        Print();
    }

    private void Print()
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested) return;
        var states = _runs.Select(run => notifications.TryGetCurrentState(run.Resource.Name, out var state) ? state : null).OfType<ResourceEvent>();
        log.WriteBlock(StatusTable.Render(states, log));
    }
}
