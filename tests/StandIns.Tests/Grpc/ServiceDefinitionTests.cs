using Grpc.Core;
using Xunit;

namespace StandIns.Tests.Grpc;

public sealed class ServiceDefinitionTests
{
    private static readonly Method<string, string> Shout = new(
        MethodType.Unary, "byhand.Voice", "Shout", Marshallers.StringMarshaller, Marshallers.StringMarshaller);

    private static readonly Method<string, string> Spell = new(
        MethodType.DuplexStreaming, "byhand.Voice", "Spell", Marshallers.StringMarshaller, Marshallers.StringMarshaller);

    [Fact]
    public async Task Methods_defined_by_hand_are_served()
    {
        var definition = ServerServiceDefinition.CreateBuilder()
            .AddMethod(Shout, (request, _) => Task.FromResult(request.ToUpperInvariant()))
            .AddMethod(Spell, async (requests, responses, _) =>
            {
                await foreach (var word in requests.ReadAllAsync())
                {
                    await responses.WriteAsync(string.Join('-', word.ToCharArray()));
                }
            })
            .Build();
        await using var server = await EchoServer.StartAsync(map: app => app.MapGrpcService(definition));
        var invoker = server.Connect().CreateCallInvoker();

        using var shout = invoker.AsyncUnaryCall(Shout, null, default, "hello");
        using var spell = invoker.AsyncDuplexStreamingCall(Spell, null, default);
        await spell.RequestStream.WriteAsync("word");

        Assert.Equal("HELLO", await shout);
        Assert.True(await spell.ResponseStream.MoveNext());
        Assert.Equal("w-o-r-d", spell.ResponseStream.Current);
    }

    [Fact]
    public void A_method_cannot_be_defined_twice()
    {
        var builder = ServerServiceDefinition.CreateBuilder();
        UnaryServerMethod<string, string> handler = (request, _) => Task.FromResult(request);
        builder.AddMethod(Shout, handler);

        Assert.Throws<ArgumentException>(() => builder.AddMethod(Shout, handler));
    }
}
