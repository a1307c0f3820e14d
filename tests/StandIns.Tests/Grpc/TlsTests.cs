using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using StandIns.Tests.Grpc.Protos;
using Xunit;

namespace StandIns.Tests.Grpc;

public sealed class TlsTests : IDisposable
{
    private readonly X509Certificate2 _certificate = SelfSigned();

    public void Dispose() => _certificate.Dispose();

    [Fact]
    public async Task A_call_over_TLS_carries_its_call_credentials()
    {
        await using var server = await EchoServer.StartAsync(certificate: _certificate);
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback =
            (_, presented, _, _) => presented!.GetCertHashString() == _certificate.GetCertHashString();
        var token = CallCredentials.FromInterceptor((context, metadata) =>
        {
            metadata.Add("echo-token", $"{context.ServiceUrl} {context.MethodName}");
            return Task.CompletedTask;
        });
        var tenant = CallCredentials.FromInterceptor((_, metadata) =>
        {
            metadata.Add("echo-tenant", "acme");
            return Task.CompletedTask;
        });
        var client = new Echo.EchoClient(server.Connect(options =>
        {
            options.HttpHandler = handler;
            options.Credentials = ChannelCredentials.Create(new SslCredentials(), CallCredentials.Compose(token, tenant));
        }));

        using var call = client.SayAsync(new Message());
        await call;

        var trailers = call.GetTrailers();
        Assert.Equal($"{server.Address.AbsoluteUri}standins.echo.v1.Echo Say", trailers.GetValue("echo-token"));
        Assert.Equal("acme", trailers.GetValue("echo-tenant"));
    }

    [Fact]
    public async Task A_server_that_nobody_vouches_for_is_refused()
    {
        await using var server = await EchoServer.StartAsync(certificate: _certificate);

        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await server.Client().SayAsync(new Message()));

        Assert.Contains(thrown.StatusCode, new[] { StatusCode.Internal, StatusCode.Unavailable });
    }

    [Fact]
    public async Task Call_credentials_are_not_sent_in_clear_unless_that_is_asked_for()
    {
        await using var server = await EchoServer.StartAsync();
        var token = CallCredentials.FromInterceptor((_, metadata) =>
        {
            metadata.Add("echo-token", "in clear");
            return Task.CompletedTask;
        });
        var credentials = ChannelCredentials.Create(ChannelCredentials.Insecure, token);

        Assert.Throws<InvalidOperationException>(() => server.Connect(options => options.Credentials = credentials));
        var client = new Echo.EchoClient(server.Connect(options =>
        {
            options.Credentials = credentials;
            options.UnsafeUseInsecureChannelCallCredentials = true;
        }));
        using var call = client.SayAsync(new Message());
        await call;

        Assert.Equal("in clear", call.GetTrailers().GetValue("echo-token"));
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
