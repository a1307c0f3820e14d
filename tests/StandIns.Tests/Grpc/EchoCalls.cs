using Google.Protobuf;
using Grpc.Core;
using StandIns.Tests.Grpc.Protos;
using Xunit;

namespace StandIns.Tests.Grpc;

/// <summary>Every kind of call once. Derived classes say whose server answers.</summary>
public abstract class EchoCalls
{
    // Every byte value, so that a wrong base64 alphabet or padding shows.
    private static readonly byte[] AllBytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    private protected abstract Echo.EchoClient Client { get; }

    [Fact]
    public async Task A_unary_call_brings_its_answer()
    {
        var answer = await Client.SayAsync(new Message { Text = "Grüße", Payload = ByteString.CopyFrom(AllBytes) });

        Assert.Equal("Grüße", answer.Text);
        Assert.Equal(AllBytes, answer.Payload.ToByteArray());
    }

    [Fact]
    public async Task A_client_stream_is_answered_when_it_is_complete()
    {
        using var call = Client.Join();

        foreach (var word in new[] { "one", "two", "three" })
        {
            await call.RequestStream.WriteAsync(new Message { Text = word });
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal("one two three", (await call).Text);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task A_server_stream_arrives_in_order()
    {
        using var call = Client.Split(new Message { Text = "one two three" });

        var words = new List<string>();
        await foreach (var message in call.ResponseStream.ReadAllAsync())
        {
            words.Add(message.Text);
        }

        Assert.Equal(["one", "two", "three"], words);
    }

    [Fact]
    public async Task A_duplex_call_answers_while_it_is_still_being_asked()
    {
        using var call = Client.Chat();

        foreach (var word in new[] { "one", "two" })
        {
            await call.RequestStream.WriteAsync(new Message { Text = word }, CancellationToken.None);
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal(word, call.ResponseStream.Current.Text);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task Headers_and_trailers_come_back_text_and_binary()
    {
        var headers = new Metadata { { "Echo-Text", "first" }, { "echo-text", "second" }, { "echo-bytes-bin", AllBytes } };

        using var call = Client.SayAsync(new Message(), headers);
        await call;

        foreach (var received in new[] { await call.ResponseHeadersAsync, call.GetTrailers() })
        {
            // Two values of one key may arrive joined: HTTP does not tell the two ways apart.
            Assert.Equal("first,second", string.Join(",", received.GetAll("echo-text").Select(entry => entry.Value)).Replace(" ", ""));
            Assert.Equal(AllBytes, received.GetValueBytes("echo-bytes-bin"));
        }
    }

    [Fact]
    public async Task A_status_keeps_its_code_its_words_and_its_trailers()
    {
        var failure = new Failure
        {
            Code = (int)StatusCode.FailedPrecondition,
            Detail = "Größe 100 % überschritten: 電話",
            Reason = ByteString.CopyFrom(AllBytes),
        };

        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await Client.FailAsync(failure));

        Assert.Equal(StatusCode.FailedPrecondition, thrown.StatusCode);
        Assert.Equal(failure.Detail, thrown.Status.Detail);
        Assert.Equal(AllBytes, thrown.Trailers.GetValueBytes("reason-bin"));
        Assert.Equal($"Status(StatusCode=\"FailedPrecondition\", Detail=\"{failure.Detail}\")", thrown.Message);
    }

    [Fact]
    public async Task A_call_ends_at_its_deadline()
    {
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(200);

        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await Client.WaitAsync(new Message(), deadline: deadline));

        Assert.Equal(StatusCode.DeadlineExceeded, thrown.StatusCode);
    }
}
