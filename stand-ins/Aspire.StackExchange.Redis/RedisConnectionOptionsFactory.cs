using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis;

/// <summary>Starts <see cref="ConfigurationOptions"/> from the connection string, so that configuration and callers can change
/// the rest in the usual way of options.</summary>
internal sealed class RedisConnectionOptionsFactory(
    IServiceProvider services,
    IEnumerable<IConfigureOptions<ConfigurationOptions>> configure,
    IEnumerable<IPostConfigureOptions<ConfigurationOptions>> postConfigure,
    IEnumerable<IValidateOptions<ConfigurationOptions>> validate)
    : OptionsFactory<ConfigurationOptions>(configure, postConfigure, validate)
{
    protected override ConfigurationOptions CreateInstance(string name)
    {
        var connectionString = services.GetKeyedService<RedisConnectionString>(name)?.Value ?? "";
        var options = connectionString.Length == 0 ? new ConfigurationOptions() : ConfigurationOptions.Parse(connectionString);

        // A server that is not there yet is waited for, unless the connection string says otherwise.
        if (!connectionString.Contains("abortConnect", StringComparison.OrdinalIgnoreCase))
            options.AbortOnConnectFail = false;
        return options;
    }
}

/// <summary>The connection string of the options that have the name of its key.</summary>
internal sealed record RedisConnectionString(string? Value);
