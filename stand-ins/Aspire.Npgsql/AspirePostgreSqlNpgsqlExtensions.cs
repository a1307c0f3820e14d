using System.Data.Common;
using Aspire.Npgsql;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Microsoft.Extensions.Hosting;

/// <summary>Connects an application to PostgreSQL by the name of a connection string.</summary>
public static class AspirePostgreSqlNpgsqlExtensions
{
    private const string Section = "Aspire:Npgsql";

    /// <summary>Registers an <see cref="NpgsqlDataSource"/> with its health check, traces and metrics.</summary>
    /// <exception cref="InvalidOperationException">When the data source is resolved and there is no connection string.</exception>
    public static void AddNpgsqlDataSource(this IHostApplicationBuilder builder, string connectionName,
        Action<NpgsqlSettings>? configureSettings = null, Action<NpgsqlDataSourceBuilder>? configureDataSourceBuilder = null) =>
        Add(builder, connectionName, serviceKey: null, configureSettings, configureDataSourceBuilder);

    /// <summary>The same, with <paramref name="name"/> both as the connection's name and as the key of the services.</summary>
    /// <exception cref="InvalidOperationException">When the data source is resolved and there is no connection string.</exception>
    public static void AddKeyedNpgsqlDataSource(this IHostApplicationBuilder builder, string name,
        Action<NpgsqlSettings>? configureSettings = null, Action<NpgsqlDataSourceBuilder>? configureDataSourceBuilder = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Add(builder, connectionName: name, serviceKey: name, configureSettings, configureDataSourceBuilder);
    }

    private static void Add(IHostApplicationBuilder builder, string connectionName, string? serviceKey,
        Action<NpgsqlSettings>? configureSettings, Action<NpgsqlDataSourceBuilder>? configureDataSourceBuilder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        var settings = Read(builder.Configuration, connectionName);
        configureSettings?.Invoke(settings);

        AddDataSource(builder.Services, serviceKey, services =>
        {
            // Said when the data source is first asked for: only then is there a logger to hear it.
            if (string.IsNullOrEmpty(settings.ConnectionString))
                throw new InvalidOperationException(
                    $"ConnectionString is missing. It should be provided in 'ConnectionStrings:{connectionName}' or under the " +
                    $"'ConnectionString' key in '{Section}' or '{Section}:{connectionName}' configuration section.");

            var dataSource = new NpgsqlDataSourceBuilder(settings.ConnectionString);
            dataSource.UseLoggerFactory(services.GetService<ILoggerFactory>());
            configureDataSourceBuilder?.Invoke(dataSource);
            return dataSource.Build();
        });

        if (!settings.DisableHealthChecks)
            AddHealthCheck(builder, serviceKey is null ? "PostgreSql" : $"PostgreSql_{connectionName}", serviceKey);
        if (!settings.DisableTracing)
            builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource("Npgsql"));
        if (!settings.DisableMetrics)
            builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter("Npgsql"));
    }

    private static NpgsqlSettings Read(IConfiguration configuration, string connectionName)
    {
        var settings = new NpgsqlSettings();
        var section = configuration.GetSection(Section);
        section.Bind(settings);
        section.GetSection(connectionName).Bind(settings);
        settings.ConnectionString = configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        return settings;
    }

    private static void AddDataSource(IServiceCollection services, string? key, Func<IServiceProvider, NpgsqlDataSource> create)
    {
        services.TryAddKeyedSingleton<NpgsqlDataSource>(key, (provider, _) => create(provider));
        services.TryAddKeyedSingleton<DbDataSource>(key, (provider, _) => Get<NpgsqlDataSource>(provider, key));
        services.TryAddKeyedTransient<NpgsqlConnection>(key, (provider, _) => Get<NpgsqlDataSource>(provider, key).CreateConnection());
        services.TryAddKeyedTransient<DbConnection>(key, (provider, _) => Get<NpgsqlConnection>(provider, key));
    }

    private static void AddHealthCheck(IHostApplicationBuilder builder, string name, string? key)
    {
        if (!builder.Properties.TryAdd($"Aspire.HealthChecks.{name}", true))
            return;

        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            name, provider => new NpgsqlHealthCheck(Get<NpgsqlDataSource>(provider, key)), failureStatus: null, tags: null));
    }

    private static T Get<T>(IServiceProvider provider, string? key) where T : notnull =>
        key is null ? provider.GetRequiredService<T>() : provider.GetRequiredKeyedService<T>(key);
}
