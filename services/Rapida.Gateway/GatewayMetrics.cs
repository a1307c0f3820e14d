using System.Diagnostics.Metrics;

namespace Rapida.Gateway;

/// <summary>What the door tells about itself: few numbers, without ids.</summary>
internal static class GatewayMetrics
{
    public const string Name = "Rapida.Gateway";

    private static readonly Meter Meter = new(Name);

    public static Counter<int> Failed { get; } = Meter.CreateCounter<int>(
        "rapida.gateway.failed", description: "Requests that could not be passed on, by service and reason");

    public static Counter<int> Refused { get; } = Meter.CreateCounter<int>(
        "rapida.gateway.refused", description: "Requests refused because their key or address asked too often, by kind and by which");

    public static Counter<int> CountedHere { get; } = Meter.CreateCounter<int>(
        "rapida.gateway.counted_here", description: "Requests that this process counted for itself because Redis did not answer");
}
