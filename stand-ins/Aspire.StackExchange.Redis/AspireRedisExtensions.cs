using Aspire.StackExchange.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Connects an application to Redis by the name of a connection string.</summary>
public static class AspireRedisExtensions
{
    private const string Section = "Aspire:StackExchange:Redis";

    /// <summary>Registers an <see cref="IConnectionMultiplexer"/> with its health check.</summary>
    public static void AddRedisClient(this IHostApplicationBuilder builder, string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null, Action<ConfigurationOptions>? configureOptions = null) =>
        Add(builder, connectionName, serviceKey: null, configureSettings, configureOptions);

    /// <summary>The same, and returns a builder for the packages that add to it.</summary>
    public static AspireRedisClientBuilder AddRedisClientBuilder(this IHostApplicationBuilder builder, string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null, Action<ConfigurationOptions>? configureOptions = null) =>
        Add(builder, connectionName, serviceKey: null, configureSettings, configureOptions);

    /// <summary>The same, with <paramref name="name"/> both as the connection's name and as the key of the service.</summary>
    public static void AddKeyedRedisClient(this IHostApplicationBuilder builder, string name,
        Action<StackExchangeRedisSettings>? configureSettings = null, Action<ConfigurationOptions>? configureOptions = null) =>
        Add(builder, connectionName: name, serviceKey: name, configureSettings, configureOptions);

    /// <summary>The same, and returns a builder for the packages that add to it.</summary>
    public static AspireRedisClientBuilder AddKeyedRedisClientBuilder(this IHostApplicationBuilder builder, string name,
        Action<StackExchangeRedisSettings>? configureSettings = null, Action<ConfigurationOptions>? configureOptions = null) =>
        Add(builder, connectionName: name, serviceKey: name, configureSettings, configureOptions);

    private static AspireRedisClientBuilder Add(IHostApplicationBuilder builder, string connectionName, string? serviceKey,
        Action<StackExchangeRedisSettings>? configureSettings, Action<ConfigurationOptions>? configureOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        var settings = Read(builder.Configuration, connectionName);
        configureSettings?.Invoke(settings);

        var optionsName = serviceKey ?? Options.Options.DefaultName;
        AddOptions(builder, optionsName, connectionName, settings, configureOptions);
        builder.Services.AddKeyedSingleton<IConnectionMultiplexer>(serviceKey, (services, _) => Connect(services, optionsName, connectionName));

        if (!settings.DisableAutoActivation)
            builder.Services.AddSingleton<IHostedService>(services => new RedisActivation(() => Get(services, serviceKey)));
        if (!settings.DisableHealthChecks)
            AddHealthCheck(builder, serviceKey is null ? "StackExchange.Redis" : $"StackExchange.Redis_{connectionName}", serviceKey);

        return new AspireRedisClientBuilder(builder, settings, serviceKey);
    }

    private static StackExchangeRedisSettings Read(IConfiguration configuration, string connectionName)
    {
        var settings = new StackExchangeRedisSettings();
        var section = configuration.GetSection(Section);
        section.Bind(settings);
        section.GetSection(connectionName).Bind(settings);
        settings.ConnectionString = configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        return settings;
    }

    private static void AddOptions(IHostApplicationBuilder builder, string optionsName, string connectionName,
        StackExchangeRedisSettings settings, Action<ConfigurationOptions>? configureOptions)
    {
        builder.Services.AddKeyedSingleton(optionsName, new RedisConnectionString(settings.ConnectionString));
        builder.Services.TryAddTransient<IOptionsFactory<ConfigurationOptions>, RedisConnectionOptionsFactory>();
        builder.Services.Configure<ConfigurationOptions>(optionsName, options =>
        {
            var section = builder.Configuration.GetSection(Section);
            section.GetSection("ConfigurationOptions").Bind(options);
            section.GetSection($"{connectionName}:ConfigurationOptions").Bind(options);
            configureOptions?.Invoke(options);
        });
    }

    private static ConnectionMultiplexer Connect(IServiceProvider services, string optionsName, string connectionName)
    {
        var options = services.GetRequiredService<IOptionsMonitor<ConfigurationOptions>>().Get(optionsName);
        if (options.EndPoints.Count == 0)
            throw new InvalidOperationException(
                $"No endpoints specified. Ensure a valid connection string was provided in 'ConnectionStrings:{connectionName}' or " +
                $"for the '{Section}:ConnectionString' configuration key.");
        return ConnectionMultiplexer.Connect(options);
    }

    private static void AddHealthCheck(IHostApplicationBuilder builder, string name, string? serviceKey)
    {
        if (!builder.Properties.TryAdd($"Aspire.HealthChecks.{name}", true))
            return;

        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            name, services => new RedisHealthCheck(() => Get(services, serviceKey)), failureStatus: null, tags: null));
    }

    private static IConnectionMultiplexer Get(IServiceProvider services, string? key) =>
        key is null ? services.GetRequiredService<IConnectionMultiplexer>() : services.GetRequiredKeyedService<IConnectionMultiplexer>(key);
}
