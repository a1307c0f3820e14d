using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Rapida.ServiceDefaults.Access;

/// <summary>Lets a gRPC call in when its token is a known peer's, made for this service and method, and the method names that peer.</summary>
internal sealed class ServiceTokenInterceptor(ServiceTokens tokens, ILogger<ServiceTokenInterceptor> logger) : Interceptor
{
    private const string Scheme = "Bearer ";

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        return await continuation(request, context);
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        return await continuation(requestStream, context);
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        await continuation(request, responseStream, context);
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        await continuation(requestStream, responseStream, context);
    }

    private async Task AdmitAsync(ServerCallContext context)
    {
        var header = context.RequestHeaders.GetValue("authorization");
        var token = header?.StartsWith(Scheme, StringComparison.Ordinal) is true ? header[Scheme.Length..] : null;
        var caller = await tokens.WhoCallsAsync(token, context.Method);
        if (caller is null)
        {
            logger.CallerUnknown(context.Method);
            throw new RpcException(new Status(StatusCode.Unauthenticated, "A service token for this method is needed."));
        }

        // The last one is the most specific: a method's comes after its class's.
        var allowed = context.GetHttpContext().GetEndpoint()?.Metadata.GetMetadata<CallersAttribute>();
        if (allowed?.Services.Contains(caller) is not true)
        {
            logger.CallerNotAllowed(caller, context.Method);
            throw new RpcException(new Status(StatusCode.PermissionDenied, $"{caller} may not call this method."));
        }

        context.UserState[CallerKey] = caller;
    }

    internal static readonly object CallerKey = new();
}

/// <summary>Who calls.</summary>
public static class Caller
{
    /// <summary>The service whose token let this call in.</summary>
    public static string CallingService(this ServerCallContext context) => (string)context.UserState[ServiceTokenInterceptor.CallerKey];
}
