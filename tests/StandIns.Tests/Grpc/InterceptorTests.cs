using Grpc.Core;
using Grpc.Core.Interceptors;
using StandIns.Tests.Grpc.Protos;
using Xunit;

namespace StandIns.Tests.Grpc;

public sealed class InterceptorTests
{
    [Fact]
    public async Task Interceptors_on_both_sides_see_every_kind_of_call()
    {
        var onServer = new CallRecord();
        var onClient = new CallRecord();
        await using var server = await EchoServer.StartAsync(
            options => options.Interceptors.Add<RecordingInterceptor>(onServer));
        var client = new Echo.EchoClient(server.Connect().Intercept(new RecordingInterceptor(onClient)));

        client.Say(new Message());
        await client.SayAsync(new Message());
        using (var join = client.Join())
        {
            await join.RequestStream.CompleteAsync();
            await join;
        }

        using (var split = client.Split(new Message { Text = "word" }))
        {
            Assert.Single(await split.ResponseStream.ReadAllAsync().ToListAsync());
        }

        using (var chat = client.Chat())
        {
            await chat.RequestStream.CompleteAsync();
            Assert.False(await chat.ResponseStream.MoveNext());
        }

        Assert.Equal(["Say", "Say", "Join", "Split", "Chat"], onClient.Calls);
        Assert.Equal(["Say", "Say", "Join", "Split", "Chat"], onServer.Calls);
    }

    [Fact]
    public async Task The_first_interceptor_named_is_the_first_called()
    {
        await using var server = await EchoServer.StartAsync();
        var invoker = server.Connect().Intercept(new Tag("a"), new Tag("b")).Intercept(headers =>
        {
            headers.Add("echo-order", "outermost");
            return headers;
        });

        using var call = new Echo.EchoClient(invoker).SayAsync(new Message());
        await call;

        var order = string.Join(", ", call.GetTrailers().GetAll("echo-order").Select(entry => entry.Value));
        Assert.Equal("outermost, a, b", order);
    }

    // Grpc.Net.Client itself takes no notice of the host.
    [Fact]
    public async Task WithHost_tells_the_interceptors_which_host_is_meant()
    {
        await using var server = await EchoServer.StartAsync();
        var hosts = new List<string?>();
        var client = new Echo.EchoClient(server.Connect().Intercept(new Hosts(hosts)));

        await client.SayAsync(new Message());
        await client.WithHost("vault.internal").SayAsync(new Message());

        Assert.Equal([null, "vault.internal"], hosts);
    }

    [Fact]
    public async Task An_interceptor_can_answer_in_place_of_the_server_and_change_a_failure()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new Echo.EchoClient(server.Connect().Intercept(new Forgiving()));

        var answer = await client.FailAsync(new Failure { Code = (int)StatusCode.NotFound, Detail = "gone" });

        Assert.Null(answer);
    }

    private sealed class Tag(string name) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            var headers = context.Options.Headers ?? [];
            headers.Add("echo-order", name);
            return continuation(request, new(context.Method, context.Host, context.Options.WithHeaders(headers)));
        }
    }

    private sealed class Hosts(List<string?> hosts) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            hosts.Add(context.Host);
            return continuation(request, context);
        }
    }

    private sealed class Forgiving : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            var call = continuation(request, context);
            return new AsyncUnaryCall<TResponse>(
                OrNullAsync(call.ResponseAsync), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
        }

        private static async Task<TResponse> OrNullAsync<TResponse>(Task<TResponse> response)
            where TResponse : class
        {
            try
            {
                return await response;
            }
            catch (RpcException notFound) when (notFound.StatusCode == StatusCode.NotFound)
            {
                return null!;
            }
        }
    }
}
