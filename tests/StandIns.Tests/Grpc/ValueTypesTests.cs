using Grpc.Core;
using StandIns.Tests.Grpc.Protos;
using Xunit;

namespace StandIns.Tests.Grpc;

public sealed class ValueTypesTests
{
    [Fact]
    public void Call_options_change_one_thing_at_a_time()
    {
        using var source = new CancellationTokenSource();
        var headers = new Metadata { { "a", "1" } };
        var deadline = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var credentials = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);
        var noCompress = new WriteOptions(WriteFlags.NoCompress);

        var options = new CallOptions(headers)
            .WithDeadline(deadline)
            .WithCancellationToken(source.Token)
            .WithWriteOptions(noCompress)
            .WithCredentials(credentials)
            .WithWaitForReady();

        Assert.Same(headers, options.Headers);
        Assert.Equal(deadline, options.Deadline);
        Assert.Equal(source.Token, options.CancellationToken);
        Assert.Same(noCompress, options.WriteOptions);
        Assert.Same(credentials, options.Credentials);
        Assert.True(options.IsWaitForReady);
        Assert.False(options.WithWaitForReady(false).IsWaitForReady);
        Assert.Null(new CallOptions().Deadline);
    }

    [Fact]
    public void A_status_says_what_it_is()
    {
        var cause = new InvalidOperationException("no route");

        Assert.Equal("Status(StatusCode=\"OK\", Detail=\"\")", Status.DefaultSuccess.ToString());
        Assert.Equal(StatusCode.Cancelled, Status.DefaultCancelled.StatusCode);
        Assert.Equal(
            "Status(StatusCode=\"Unavailable\", Detail=\"away\", DebugException=\"System.InvalidOperationException: no route\")",
            new Status(StatusCode.Unavailable, "away", cause).ToString());
        Assert.Equal("in words", new RpcException(new Status(StatusCode.Unavailable, "away"), "in words").Message);
        Assert.Same(Metadata.Empty, new RpcException(Status.DefaultCancelled).Trailers);
    }

    [Fact]
    public async Task A_test_double_of_a_client_needs_no_channel()
    {
        var client = new EchoDouble();

        Assert.Equal("from the double", (await client.SayAsync(new Message())).Text);
        Assert.Throws<NotImplementedException>(() => client.Join());
    }

    private sealed class EchoDouble : Echo.EchoClient
    {
        public override AsyncUnaryCall<Message> SayAsync(Message request, CallOptions options) => new(
            Task.FromResult(new Message { Text = "from the double" }),
            Task.FromResult(new Metadata()),
            () => Status.DefaultSuccess,
            () => [],
            () => { });
    }
}
