using Google.Protobuf;
using Grpc.Core;
using StandIns.Tests.Grpc.Protos;
using Xunit;

namespace StandIns.Tests.Grpc;

public sealed class MessageSizeTests
{
    private static readonly Message EightMegabytes = new() { Payload = ByteString.CopyFrom(new byte[8 << 20]) };

    [Fact]
    public async Task A_message_over_four_megabytes_is_refused_unless_the_limit_is_raised()
    {
        await using var server = await EchoServer.StartAsync();

        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await server.Client().SayAsync(EightMegabytes));

        Assert.Equal(StatusCode.ResourceExhausted, thrown.StatusCode);
    }

    [Fact]
    public async Task Raised_limits_let_large_messages_through_both_ways()
    {
        await using var server = await EchoServer.StartAsync(options => options.MaxReceiveMessageSize = 16 << 20);
        var client = new Echo.EchoClient(server.Connect(options => options.MaxReceiveMessageSize = 16 << 20));

        var answer = await client.SayAsync(EightMegabytes);

        Assert.Equal(EightMegabytes, answer);
    }
}
