using System.Globalization;
using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using StandIns.Tests.Grpc.Protos;
using Xunit;

namespace StandIns.Tests.Grpc;

/// <summary>Our client against a server of another implementation.</summary>
public sealed class CallsToGrpcJsTests(GrpcJsServer server) : EchoCalls, IClassFixture<GrpcJsServer>
{
    private protected override Echo.EchoClient Client => server.Client;
}

public sealed class GrpcJsServer : IAsyncLifetime
{
    private System.Diagnostics.Process _node = null!;
    private GrpcChannel _channel = null!;

    internal Echo.EchoClient Client => new(_channel);

    public async Task InitializeAsync()
    {
        _node = await GrpcJs.StartAsync("serve");
        var line = await _node.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException(await _node.StandardError.ReadToEndAsync());
        _channel = GrpcChannel.ForAddress($"http://127.0.0.1:{int.Parse(line, CultureInfo.InvariantCulture)}");
    }

    public async Task DisposeAsync()
    {
        _channel.Dispose();
        _node.StandardInput.Close();
        await _node.WaitForExitAsync();
        _node.Dispose();
    }
}

/// <summary>Our server, called by a client of another implementation.</summary>
public sealed class CallsFromGrpcJsTests
{
    private static readonly string AllBytes =
        Convert.ToHexStringLower([.. Enumerable.Range(0, 256).Select(value => (byte)value)]);

    [Fact]
    public async Task Every_kind_of_call_reaches_our_server_and_comes_back_whole()
    {
        await using var server = await EchoServer.StartAsync(options => options.ResponseCompressionAlgorithm = "gzip");
        using var node = await GrpcJs.StartAsync("call", server.Address.Authority);
        var said = node.StandardError.ReadToEndAsync();
        var report = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await said);

        var expected = new
        {
            text = "Grüße",
            payload = AllBytes,
            headerText = "first",
            headerBytes = AllBytes,
            trailerText = "first",
            trailerBytes = AllBytes,
            zippedLength = 100_000,
            join = "one two three",
            split = new[] { "one", "two", "three" },
            chat = new[] { "one", "two" },
            failure = new
            {
                code = (int)StatusCode.FailedPrecondition,
                details = "Größe 100 % überschritten: 電話",
                reason = AllBytes,
            },
        };
        using var actual = JsonDocument.Parse(report);
        using var wanted = JsonSerializer.SerializeToDocument(expected);
        Assert.All(wanted.RootElement.EnumerateObject(), fact =>
            Assert.True(JsonElement.DeepEquals(fact.Value, actual.RootElement.GetProperty(fact.Name)), $"{fact.Name}: {report}"));
        Assert.Equal((int)StatusCode.DeadlineExceeded, actual.RootElement.GetProperty("deadline").GetProperty("code").GetInt32());
    }
}
