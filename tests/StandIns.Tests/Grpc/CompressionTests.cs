using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;
using StandIns.Tests.Grpc.Protos;
using Xunit;

namespace StandIns.Tests.Grpc;

public sealed class CompressionTests
{
    private static readonly Message Long = new() { Text = new string('x', 100_000) };

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task A_call_is_compressed_both_ways(string encoding)
    {
        await using var server = await EchoServer.StartAsync(options =>
        {
            options.CompressionProviders = Providers();
            options.ResponseCompressionAlgorithm = encoding;
            options.ResponseCompressionLevel = CompressionLevel.Fastest;
        });
        using var wire = new EncodingsOnTheWire();
        var client = new Echo.EchoClient(server.Connect(options =>
        {
            options.HttpHandler = wire;
            options.CompressionProviders = Providers();
        }));

        var answer = await client.SayAsync(Long, new Metadata { { "grpc-internal-encoding-request", encoding } });

        Assert.Equal(Long, answer);
        Assert.Equal((encoding, encoding), (wire.OfRequest, wire.OfResponse));
    }

    [Fact]
    public void Deflate_has_the_zlib_frame_that_other_implementations_expect()
    {
        using var compressed = new MemoryStream();
        using (var stream = new DeflateCompressionProvider(CompressionLevel.Optimal).CreateCompressionStream(compressed, null))
        {
            stream.Write(new byte[100]);
        }

        // 0x78: deflate with a 32 KB window (RFC 1950, section 2.2).
        Assert.Equal(0x78, compressed.ToArray()[0]);
    }

    private static List<ICompressionProvider> Providers() =>
        [new GzipCompressionProvider(CompressionLevel.Fastest), new DeflateCompressionProvider(CompressionLevel.Fastest)];

    private sealed class EncodingsOnTheWire() : DelegatingHandler(new SocketsHttpHandler())
    {
        public string? OfRequest { get; private set; }

        public string? OfResponse { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            OfRequest = request.Headers.GetValues("grpc-encoding").Single();
            var response = await base.SendAsync(request, cancellationToken);
            OfResponse = response.Headers.GetValues("grpc-encoding").Single();
            return response;
        }
    }
}
