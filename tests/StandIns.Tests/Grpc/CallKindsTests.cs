using StandIns.Tests.Grpc.Protos;
using Xunit;

namespace StandIns.Tests.Grpc;

public sealed class CallKindsTests
{
    [Fact]
    public async Task A_unary_call_brings_its_answer()
    {
        await using var server = await EchoServer.StartAsync();

        var answer = await server.Client().SayAsync(new Message { Text = "hello" });

        Assert.Equal("hello", answer.Text);
    }
}
