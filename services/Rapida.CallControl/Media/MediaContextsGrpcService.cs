using Grpc.Core;
using Rapida.Media.V1;
using Rapida.ServiceDefaults.Access;

namespace Rapida.CallControl.Media;

[Callers("media")]
internal sealed class MediaContextsGrpcService(AuthoriseUpgrade authorise, ClaimMediaContext claim, LeaveMediaContext leave)
    : MediaContexts.MediaContextsBase
{
    public override Task<AuthoriseResponse> Authorise(AuthoriseRequest request, ServerCallContext context) =>
        authorise.ExecuteAsync(request, context.CancellationToken);

    public override async Task<ClaimResponse> Claim(ClaimRequest request, ServerCallContext context) =>
        (await claim.ExecuteAsync(request, context.CancellationToken)).ValueOrThrow();

    public override async Task<LeaveResponse> Leave(LeaveRequest request, ServerCallContext context) =>
        (await leave.ExecuteAsync(request, context.CancellationToken)).ValueOrThrow();
}
