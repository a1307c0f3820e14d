using Grpc.Core;
using StandIns.Tests.Grpc.Protos;
using ServingStatus = StandIns.Tests.Grpc.Protos.HealthCheckResponse.Types.ServingStatus;

namespace StandIns.Tests.Grpc;

internal sealed class HealthService : Health.HealthBase
{
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        request.Service is "" or "standins.echo.v1.Echo"
            ? Task.FromResult(new HealthCheckResponse { Status = ServingStatus.Serving })
            : throw new RpcException(new Status(StatusCode.NotFound, "unknown service"));

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        await responseStream.WriteAsync(new HealthCheckResponse { Status = ServingStatus.Serving });
        await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
    }
}
