using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Grpc.Net.ClientFactory;

/// <summary>Transient, so that interceptors and call options see the services of the scope that asks.</summary>
internal sealed class DefaultGrpcClientFactory(
    IServiceProvider services, GrpcChannels channels, IOptionsMonitor<GrpcClientFactoryOptions> options) : GrpcClientFactory
{
    public override TClient CreateClient<TClient>(string name)
        where TClient : class
    {
        if (services.GetService<ClientRegistration<TClient>>() is null)
        {
            throw new InvalidOperationException($"No gRPC client configured with name '{name}'.");
        }

        var invoker = channels.GetInvoker(name, typeof(TClient));
        var client = options.Get(name);
        invoker = invoker.Intercept(client.CreateInterceptors(InterceptorScope.Client, services));
#pragma warning disable CS0618 // The obsolete list still works.
        invoker = invoker.Intercept([.. client.Interceptors]);
#pragma warning restore CS0618
        if (client.CallOptionsActions.Count > 0)
        {
            invoker = new ConfiguredCallInvoker(invoker, client.CallOptionsActions, services);
        }

        return client.Creator is null
            ? ActivatorUtilities.CreateInstance<TClient>(services, invoker)
            : Created<TClient>(client.Creator(invoker));
    }

    private static TClient Created<TClient>(object? client)
        where TClient : class =>
        client switch
        {
            TClient typed => typed,
            null => throw new InvalidOperationException("A null instance was returned by the configured client creator."),
            _ => throw new InvalidOperationException(
                $"The {client.GetType().FullName} instance returned by the configured client creator " +
                $"is not compatible with {typeof(TClient).FullName}."),
        };
}

/// <summary>Says that AddGrpcClient was called for this type.</summary>
internal sealed class ClientRegistration<TClient>;
