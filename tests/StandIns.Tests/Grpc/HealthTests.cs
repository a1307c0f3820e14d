using Grpc.Core;
using StandIns.Tests.Grpc.Protos;
using Xunit;
using ServingStatus = StandIns.Tests.Grpc.Protos.HealthCheckResponse.Types.ServingStatus;

namespace StandIns.Tests.Grpc;

public sealed class HealthTests
{
    [Fact]
    public async Task Health_answers_as_the_standard_service_does()
    {
        await using var server = await EchoServer.StartAsync();
        var health = new Health.HealthClient(server.Connect());

        var answer = await health.CheckAsync(new HealthCheckRequest());
        var unknown = await Assert.ThrowsAsync<RpcException>(
            async () => await health.CheckAsync(new HealthCheckRequest { Service = "nobody" }));
        using var watch = health.Watch(new HealthCheckRequest());

        Assert.Equal(ServingStatus.Serving, answer.Status);
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(ServingStatus.Serving, watch.ResponseStream.Current.Status);
    }
}
