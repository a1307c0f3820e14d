using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Options;

namespace Rapida.ServiceDefaults.Access;

/// <summary>Signs every outgoing gRPC call for the peer that it goes to, and gives it a deadline when it has none.</summary>
internal sealed class SignCalls(ServiceTokens tokens, string peer) : Interceptor
{
    // A question between services that takes longer is not going to be answered in time for a caller on the phone.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        // By the machine's clock: gRPC measures deadlines by no other.
        var options = context.Options.Deadline is null
            ? context.Options.WithDeadline((TimeProvider.System.GetUtcNow() + Deadline).UtcDateTime)
            : context.Options;
        return continuation(request, Signed(context, options));
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context,
        AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) => continuation(request, Signed(context, context.Options));

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(Signed(context, context.Options));

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(Signed(context, context.Options));

    private ClientInterceptorContext<TRequest, TResponse> Signed<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, CallOptions options)
        where TRequest : class
        where TResponse : class
    {
        var headers = new Metadata();
        foreach (var header in options.Headers ?? Metadata.Empty)
            headers.Add(header);
        headers.Add("authorization", $"Bearer {tokens.Issue(peer, context.Method.FullName)}");
        return new(context.Method, context.Host, options.WithHeaders(headers));
    }
}

/// <summary>Calls signed outside a service's host, for tools and tests.</summary>
public static class SignedCalls
{
    /// <summary>An interceptor that signs as <paramref name="service"/> for <paramref name="peer"/>.</summary>
    public static Interceptor As(string service, string peer, IOptions<AccessOptions> options) =>
        new SignCalls(new ServiceTokens(service, options, TimeProvider.System), peer);
}
