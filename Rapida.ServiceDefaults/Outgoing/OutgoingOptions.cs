namespace Rapida.ServiceDefaults.Outgoing;

/// <summary>Where requests to addresses of a tenant's choice may go beside the public Internet. Counts in Development only.</summary>
public sealed class OutgoingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Outgoing";

    /// <summary>Allows this machine, and http beside https: for a server that a test or a developer runs.</summary>
    public bool AllowLoopback { get; set; }
}
