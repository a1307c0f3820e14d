using System.Diagnostics.Metrics;

namespace Rapida.Gateway;

/// <summary>What the door tells about itself: few numbers, without ids.</summary>
internal static class GatewayMetrics
{
    public const string Name = "Rapida.Gateway";

    private static readonly Meter Meter = new(Name);

    public static Counter<int> Failed { get; } = Meter.CreateCounter<int>(
        "rapida.gateway.failed", description: "Requests that could not be passed on, by service and reason");
}
