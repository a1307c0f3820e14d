using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace Rapida.ServiceDefaults.Problems;

/// <summary>Turns a <see cref="ProblemException"/> into its status; anything that nobody expected is logged once and told without detail.</summary>
internal sealed class ProblemInterceptor(ILogger<ProblemInterceptor> logger) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        AnswerAsync(context, () => continuation(request, context));

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        AnswerAsync(context, () => continuation(requestStream, context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        AnswerAsync(context, async () =>
        {
            await continuation(request, responseStream, context);
            return true;
        });

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        AnswerAsync(context, async () =>
        {
            await continuation(requestStream, responseStream, context);
            return true;
        });

    private async Task<T> AnswerAsync<T>(ServerCallContext context, Func<Task<T>> handle)
    {
        try
        {
            return await handle();
        }
        catch (ProblemException exception)
        {
            throw exception.Problem.ToGrpc();
        }
        catch (RpcException)
        {
            throw;
        }
        catch (Exception) when (context.CancellationToken.IsCancellationRequested)
        {
            // The caller has gone, or its deadline has passed: nobody is there to be told, and nothing is broken here.
            throw new RpcException(new Status(StatusCode.Cancelled, "The caller has gone."));
        }
        catch (Exception exception)
        {
            logger.GrpcCallFailed(exception, context.Method);
            throw new RpcException(new Status(StatusCode.Internal, "Something went wrong on our side."));
        }
    }
}
