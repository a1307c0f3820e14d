namespace Aspire.Npgsql;

/// <summary>Settings of a connection to PostgreSQL, bound from <c>Aspire:Npgsql</c> and <c>Aspire:Npgsql:{connection name}</c>.</summary>
public class NpgsqlSettings
{
    /// <summary>Where the server is. <c>ConnectionStrings:{connection name}</c> wins over the section's own value.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Leaves the health check out. Off by default.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Leaves the source "Npgsql" out of the traces. Off by default.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Leaves the meter "Npgsql" out of the metrics. Off by default.</summary>
    public bool DisableMetrics { get; set; }
}
