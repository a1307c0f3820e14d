using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Database;
using Rapida.Calls.V1;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Calls;

[Callers("gateway", "recordings")]
internal sealed class CallsGrpcService(CallsDbContext db, ListCalls listCalls) : Rapida.Calls.V1.Calls.CallsBase
{
    public override async Task<Rapida.Calls.V1.Call> GetCall(GetCallRequest request, ServerCallContext context)
    {
        var (project, id) = (CallProblems.ParseProject(request.ProjectId), CallProblems.ParseId(request.Id));
        return await FindAsync(call => call.ProjectId == project && call.Id == id, context.CancellationToken);
    }

    public override async Task<Rapida.Calls.V1.Call> FindByConversation(FindByConversationRequest request, ServerCallContext context)
    {
        var (project, conversation) = (CallProblems.ParseProject(request.ProjectId), CallProblems.ParseId(request.ConversationId));
        return await FindAsync(call => call.ProjectId == project && call.ConversationId == conversation, context.CancellationToken);
    }

    public override async Task<ListCallsResponse> ListCalls(ListCallsRequest request, ServerCallContext context)
    {
        var page = (await listCalls.ExecuteAsync(
            CallProblems.ParseProject(request.ProjectId), new(), request.PageSize == 0 ? null : request.PageSize, request.PageToken,
            context.CancellationToken)).ValueOrThrow();
        return new() { Calls = { page.Items.Select(ToWire) }, NextPageToken = page.NextToken ?? "" };
    }

    private async Task<Rapida.Calls.V1.Call> FindAsync(
        System.Linq.Expressions.Expression<Func<Call, bool>> which, CancellationToken cancellationToken) =>
        await db.Calls.AsNoTracking().SingleOrDefaultAsync(which, cancellationToken) is { } call
            ? ToWire(call)
            : throw new ProblemException(CallProblems.Unknown);

    private static Rapida.Calls.V1.Call ToWire(Call call) => new()
    {
        ProjectId = call.ProjectId.ToString(),
        Id = call.Id.ToString(),
        ConversationId = call.ConversationId.ToString(),
        AssistantId = call.AssistantId,
        Direction = call.Direction == Directions.Inbound ? Direction.Inbound : Direction.Outbound,
        Status = call.Status.Word(),
        EndedBy = call.EndedBy ?? "",
        Fault = call.Fault ?? "",
        CreatedAt = call.CreatedAt.ToTimestamp(),
        AnsweredAt = call.AnsweredAt?.ToTimestamp(),
        EndedAt = call.EndedAt?.ToTimestamp(),
        PartyId = call.PartyId.ToString(),
    };
}
