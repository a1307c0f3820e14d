using Grpc.Core;
using Grpc.Net.Client;
using StandIns.Tests.Grpc.Protos;
using Xunit;

namespace StandIns.Tests.Grpc;

/// <summary>The genuine client against the genuine server, both on the leaves.</summary>
public sealed class CallsToKestrelTests : EchoCalls, IAsyncLifetime
{
    private EchoServer _server = null!;

    private protected override Echo.EchoClient Client => _server.Client();

    public async Task InitializeAsync() => _server = await EchoServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public void A_blocking_call_brings_its_answer() =>
        Assert.Equal("hello", Client.Say(new Message { Text = "hello" }).Text);

    [Fact]
    public async Task The_server_sees_the_deadline_and_the_cancellation_of_the_caller()
    {
        using var hangUp = new CancellationTokenSource();
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1);

        using var call = Client.WaitAsync(new Message(), deadline: deadline, cancellationToken: hangUp.Token);
        var seen = await _server.Watch.Started.Task;
        await hangUp.CancelAsync();

        Assert.InRange(seen, deadline.AddSeconds(-10), deadline.AddSeconds(10));
        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);
        Assert.True(await _server.Watch.Ended.Task);
    }

    [Fact]
    public async Task Disposing_a_call_cancels_it_on_the_server()
    {
        var call = Client.WaitAsync(new Message());
        await _server.Watch.Started.Task;

        call.Dispose();

        Assert.True(await _server.Watch.Ended.Task);
    }

    [Fact]
    public async Task A_call_to_nobody_is_unavailable_and_says_why()
    {
        var address = _server.Address;
        await _server.DisposeAsync();
        using var channel = GrpcChannel.ForAddress(address);

        var thrown = await Assert.ThrowsAsync<RpcException>(
            async () => await new Echo.EchoClient(channel).SayAsync(new Message()));

        Assert.Equal(StatusCode.Unavailable, thrown.StatusCode);
        Assert.Same(thrown.Status.DebugException, thrown.InnerException);
    }

    [Fact]
    public async Task A_method_that_nobody_wrote_is_unimplemented()
    {
        var method = new Method<string, string>(
            MethodType.Unary, "standins.echo.v1.Echo", "Missing", Marshallers.StringMarshaller, Marshallers.StringMarshaller);

        using var call = _server.Connect().CreateCallInvoker().AsyncUnaryCall(method, null, default, "anyone?");

        Assert.Equal(StatusCode.Unimplemented, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);
    }
}
