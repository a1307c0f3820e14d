using Microsoft.Extensions.Hosting;

namespace Aspire.StackExchange.Redis;

/// <summary>What <see cref="AspireRedisExtensions.AddRedisClientBuilder"/> has registered, for the packages that build on it.</summary>
/// <param name="hostBuilder">The application that the client was added to.</param>
/// <param name="settings">The settings it was added with.</param>
/// <param name="serviceKey">The key of its services; null when they have none.</param>
public class AspireRedisClientBuilder(IHostApplicationBuilder hostBuilder, StackExchangeRedisSettings settings, string? serviceKey)
{
    /// <summary>The application that the client was added to.</summary>
    public IHostApplicationBuilder HostBuilder { get; } = hostBuilder ?? throw new ArgumentNullException(nameof(hostBuilder));

    /// <summary>The settings it was added with.</summary>
    public StackExchangeRedisSettings Settings { get; } = settings;

    /// <summary>The key of its services; null when they have none.</summary>
    public string? ServiceKey { get; } = serviceKey;
}
