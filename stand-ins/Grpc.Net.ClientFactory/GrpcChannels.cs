using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Grpc.Net.ClientFactory;

/// <summary>One channel for each registered client, made when it is first asked for and kept.</summary>
internal sealed class GrpcChannels(
    IServiceScopeFactory scopes,
    ILoggerFactory loggers,
    IOptionsMonitor<GrpcClientFactoryOptions> options,
    IOptionsMonitor<HttpClientFactoryOptions> httpOptions,
    IHttpMessageHandlerFactory handlers)
{
    // Lazy, because GetOrAdd may run its function twice and a channel should not be made in vain.
    private readonly ConcurrentDictionary<(string Name, Type Client), Lazy<CallInvoker>> _invokers = [];

    public CallInvoker GetInvoker(string name, Type client) =>
        _invokers.GetOrAdd((name, client), key => new Lazy<CallInvoker>(
            () => CreateInvoker(key.Name, key.Client), LazyThreadSafetyMode.PublicationOnly)).Value;

    private CallInvoker CreateInvoker(string name, Type clientType)
    {
        if (httpOptions.Get(name).HttpClientActions.Count > 0)
        {
            throw new NotSupportedException(
                $"This stand-in does not take ConfigureHttpClient for the gRPC client '{name}': use Address and ConfigureChannel.");
        }

        var scope = scopes.CreateScope();
        try
        {
            var client = options.Get(name);
            var channel = new GrpcChannelOptions
            {
                HttpHandler = handlers.CreateHandler(name),
                LoggerFactory = loggers,
                ServiceProvider = scope.ServiceProvider,
            };
            foreach (var configure in client.ChannelOptionsActions)
            {
                configure(channel);
            }

            var address = client.Address ?? throw new InvalidOperationException(
                $"Could not resolve the address for gRPC client '{name}'. Set an address when registering the client: " +
                $"services.AddGrpcClient<{clientType.Name}>(o => o.Address = new Uri(\"https://localhost:5001\"))");
            RefuseCredentialsInClear(name, client, channel, address);
            return GrpcChannel.ForAddress(address, channel)
                .CreateCallInvoker()
                .Intercept(client.CreateInterceptors(InterceptorScope.Channel, scope.ServiceProvider));
        }
        catch
        {
            scope.Dispose();
            throw;
        }
    }

    private static void RefuseCredentialsInClear(
        string name, GrpcClientFactoryOptions client, GrpcChannelOptions channel, Uri address)
    {
        // dns:/// and static:/// say nothing of TLS; the channel's credentials do.
        var secure = address.Scheme == Uri.UriSchemeHttps
            || (address.Scheme != Uri.UriSchemeHttp && channel.Credentials is SslCredentials);
        if (client.HasCallCredentials && !secure && !channel.UnsafeUseInsecureChannelCallCredentials)
        {
            throw new InvalidOperationException(
                $"Call credential configured for gRPC client '{name}' requires TLS, and the client isn't configured to use TLS. " +
                "Either configure a TLS address, or use the call credential without TLS by setting " +
                "GrpcChannelOptions.UnsafeUseInsecureChannelCallCredentials to true: client.AddCallCredentials(" +
                "(context, metadata) => {}).ConfigureChannel(o => o.UnsafeUseInsecureChannelCallCredentials = true)");
        }
    }
}
