using Grpc.Net.ClientFactory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a generated client, transient, on a channel of its own that uses the HttpClient pipeline of its name.</summary>
public static class GrpcClientServiceExtensions
{
    public static IHttpClientBuilder AddGrpcClient<TClient>(this IServiceCollection services)
        where TClient : class => services.AddGrpcClient<TClient>(_ => { });

    public static IHttpClientBuilder AddGrpcClient<TClient>(
        this IServiceCollection services, Action<GrpcClientFactoryOptions> configureClient)
        where TClient : class => services.AddGrpcClient<TClient>(typeof(TClient).Name, configureClient);

    public static IHttpClientBuilder AddGrpcClient<TClient>(
        this IServiceCollection services, Action<IServiceProvider, GrpcClientFactoryOptions> configureClient)
        where TClient : class => services.AddGrpcClient<TClient>(typeof(TClient).Name, configureClient);

    public static IHttpClientBuilder AddGrpcClient<TClient>(this IServiceCollection services, string name)
        where TClient : class => services.AddGrpcClient<TClient>(name, _ => { });

    public static IHttpClientBuilder AddGrpcClient<TClient>(
        this IServiceCollection services, string name, Action<GrpcClientFactoryOptions> configureClient)
        where TClient : class
    {
        ArgumentNullException.ThrowIfNull(configureClient);
        return services.AddGrpcClient<TClient>(name, (_, options) => configureClient(options));
    }

    public static IHttpClientBuilder AddGrpcClient<TClient>(
        this IServiceCollection services, string name, Action<IServiceProvider, GrpcClientFactoryOptions> configureClient)
        where TClient : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configureClient);
        ReservedNames(services).Reserve(name, typeof(TClient));

        var builder = services.AddHttpClient(name);
        builder.ConfigureGrpc(configureClient);
        services.TryAddSingleton<GrpcChannels>();
        services.TryAddSingleton<ClientRegistration<TClient>>();
        services.TryAddTransient<GrpcClientFactory, DefaultGrpcClientFactory>();
        services.AddTransient(provider => provider.GetRequiredService<GrpcClientFactory>().CreateClient<TClient>(name));
        // First in line, so that ConfigureHttpClientDefaults and the caller can put their own handler in its place.
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<HttpClientFactoryOptions>>(
            new ConfigureNamedOptions<HttpClientFactoryOptions>(name, UseHttp2Handler)));
        return builder;
    }

    /// <summary>
    /// A channel lives as long as the process, so its connections, not its handler, are renewed after HandlerLifetime:
    /// that is when a new address of the server is noticed.
    /// </summary>
    private static void UseHttp2Handler(HttpClientFactoryOptions options) =>
        options.HttpMessageHandlerBuilderActions.Add(handler => handler.PrimaryHandler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            PooledConnectionLifetime = options.HandlerLifetime,
        });

    private static ClientNames ReservedNames(IServiceCollection services)
    {
        if (services.FirstOrDefault(each => each.ServiceType == typeof(ClientNames))?.ImplementationInstance is ClientNames names)
        {
            return names;
        }

        names = new ClientNames();
        services.AddSingleton(names);
        return names;
    }
}
