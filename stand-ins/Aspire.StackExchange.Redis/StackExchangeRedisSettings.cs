namespace Aspire.StackExchange.Redis;

/// <summary>Settings of a connection to Redis, bound from <c>Aspire:StackExchange:Redis</c> and
/// <c>Aspire:StackExchange:Redis:{connection name}</c>.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>Where the server is. <c>ConnectionStrings:{connection name}</c> wins over the section's own value.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Leaves the health check out. Off by default.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Leaves the traces out. Off by default. This stand-in traces no commands either way.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Connects when the connection is first resolved. When off, the host connects at its start. On by default.</summary>
    public bool DisableAutoActivation { get; set; } = true;
}
