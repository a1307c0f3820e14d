using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace Grpc.Net.ClientFactory;

/// <summary>How one registered client is made.</summary>
public class GrpcClientFactoryOptions
{
    public Uri? Address { get; set; }

    public IList<Action<GrpcChannelOptions>> ChannelOptionsActions { get; } = [];

    /// <summary>Run before each call.</summary>
    public IList<Action<CallOptionsContext>> CallOptionsActions { get; } = [];

    [Obsolete("Interceptors collection is obsolete and will be removed in a future release. " +
        "Use InterceptorRegistrations collection instead.")]
    public IList<Interceptor> Interceptors { get; } = [];

    public IList<InterceptorRegistration> InterceptorRegistrations { get; } = [];

    /// <summary>Makes the client. Without it the constructor that takes a CallInvoker is used.</summary>
    public Func<CallInvoker, object>? Creator { get; set; }

    internal bool HasCallCredentials { get; set; }

    internal Interceptor[] CreateInterceptors(InterceptorScope scope, IServiceProvider services) =>
        [.. InterceptorRegistrations.Where(each => each.Scope == scope).Select(each => each.Creator(services))];
}

/// <summary>Whether an interceptor is shared by a channel's clients, or made for each client.</summary>
public enum InterceptorScope
{
    Channel = 0,
    Client = 1,
}

public class InterceptorRegistration
{
    public InterceptorRegistration(InterceptorScope scope, Func<IServiceProvider, Interceptor> creator)
    {
        ArgumentNullException.ThrowIfNull(creator);
        Scope = scope;
        Creator = creator;
    }

    public InterceptorScope Scope { get; }

    public Func<IServiceProvider, Interceptor> Creator { get; }
}

/// <summary>The options of a call that is about to start, to be changed, and the services of the scope that the client is from.</summary>
public sealed class CallOptionsContext
{
    internal CallOptionsContext(CallOptions callOptions, IServiceProvider serviceProvider)
    {
        CallOptions = callOptions;
        ServiceProvider = serviceProvider;
    }

    public CallOptions CallOptions { get; set; }

    public IServiceProvider ServiceProvider { get; }
}
