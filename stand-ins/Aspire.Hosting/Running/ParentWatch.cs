using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Running;

/// <summary>Ends the system when the <c>dotnet run</c> (or the test run) above it is killed: a child of a killed process is given another parent.</summary>
internal sealed class ParentWatch(IHostApplicationLifetime lifetime, LogStream log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!OperatingSystem.IsLinux()) return;
        var parent = Posix.ParentId;
        // Started from a shell or by a service manager, outliving the parent may be the intention.
        if (!await IsDotnetAsync(parent, stoppingToken)) return;

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (Posix.ParentId == parent) continue;
            log.Warn("The process that started the AppHost is gone: stopping.");
            lifetime.StopApplication();
            return;
        }
    }

    private static async Task<bool> IsDotnetAsync(int pid, CancellationToken cancellationToken)
    {
        try
        {
            return (await File.ReadAllTextAsync($"/proc/{pid}/comm", cancellationToken)).Trim() == "dotnet";
        }
        catch (IOException)
        {
            return false;
        }
    }
}
