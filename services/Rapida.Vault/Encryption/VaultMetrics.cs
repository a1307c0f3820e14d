using System.Diagnostics.Metrics;

namespace Rapida.Vault.Encryption;

/// <summary>What Vault tells about itself.</summary>
internal static class VaultMetrics
{
    private static readonly Meter Meter = new("Rapida.Vault");

    public static Gauge<long> EnvelopesToRewrap { get; } = Meter.CreateGauge<long>(
        "rapida.vault.envelopes_to_rewrap", description: "Envelopes that are not wrapped with the active key of the ring yet");
}
