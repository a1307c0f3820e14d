using Google.Protobuf;
using Grpc.Core;
using StandIns.Tests.Grpc.Protos;

namespace StandIns.Tests.Grpc;

/// <summary>The service under test. Request metadata whose key starts with "echo-" comes back as header and as trailer.</summary>
internal sealed class EchoService(CallWatch watch) : Echo.EchoBase
{
    public override async Task<Message> Say(Message request, ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        return request;
    }

    public override async Task<Message> Join(IAsyncStreamReader<Message> requestStream, ServerCallContext context)
    {
        var texts = new List<string>();
        await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
        {
            texts.Add(message.Text);
        }

        return new Message { Text = string.Join(' ', texts) };
    }

    public override async Task Split(Message request, IServerStreamWriter<Message> responseStream, ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        foreach (var word in request.Text.Split(' '))
        {
            await responseStream.WriteAsync(new Message { Text = word }, context.CancellationToken);
        }
    }

    public override async Task Chat(
        IAsyncStreamReader<Message> requestStream, IServerStreamWriter<Message> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext())
        {
            await responseStream.WriteAsync(requestStream.Current);
        }
    }

    public override Task<Message> Fail(Failure request, ServerCallContext context)
    {
        var trailers = new Metadata { { "reason-bin", request.Reason.ToByteArray() } };
        throw new RpcException(new Status((StatusCode)request.Code, request.Detail), trailers);
    }

    public override async Task<Message> Wait(Message request, ServerCallContext context)
    {
        watch.Started.TrySetResult(context.Deadline);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
            return request;
        }
        finally
        {
            watch.Ended.TrySetResult(context.CancellationToken.IsCancellationRequested);
        }
    }

    private static async Task EchoMetadataAsync(ServerCallContext context)
    {
        var echoed = new Metadata();
        foreach (var entry in context.RequestHeaders.Where(entry => entry.Key.StartsWith("echo-", StringComparison.Ordinal)))
        {
            echoed.Add(entry);
            context.ResponseTrailers.Add(entry);
        }

        await context.WriteResponseHeadersAsync(echoed);
    }
}

/// <summary>What the server saw of a call to Wait: the deadline it came with, and whether it was cancelled.</summary>
internal sealed class CallWatch
{
    public TaskCompletionSource<DateTime> Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<bool> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
