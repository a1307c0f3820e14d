using System.Reflection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Rapida.ServiceDefaults.Telemetry;

/// <summary>Says once which packages are replaced by stand-ins, so that nobody has to guess from a stack trace.</summary>
internal sealed partial class TellStandIns(ILogger<TellStandIns> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var standIns = AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
                .Contains("+stand-in", StringComparison.Ordinal) is true)
            .Select(assembly => assembly.GetName().Name)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (standIns.Count > 0)
            RunsOnStandIns(logger, string.Join(", ", standIns));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(9010, LogLevel.Information, "Runs on stand-ins for {Packages}")]
    private static partial void RunsOnStandIns(ILogger logger, string packages);
}
