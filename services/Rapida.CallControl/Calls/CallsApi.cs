using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Database;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Calls;

/// <summary>Calls over REST.</summary>
internal static class CallsApi
{
    public static void MapCallsApi(this IEndpointRouteBuilder routes)
    {
        var calls = routes.MapGroup("/v1/calls").RequireScope("calls:read");
        calls.MapGet("/", ListAsync).WithSummary("Lists calls, newest first.");
        calls.MapGet("/{id:guid}", GetAsync).WithSummary("Shows one call and what became of it.");
    }

    private static async Task<Results<Ok<CallList>, ProblemHttpResult>> ListAsync(
        ApiKeyHolder holder, ListCalls list, int? page_size, string? page_token, CancellationToken cancellationToken)
    {
        var result = await list.ExecuteAsync(holder.ProjectId, page_size, page_token, cancellationToken);
        return result.TryGet(out var page, out var problem)
            ? TypedResults.Ok(new CallList([.. page.Calls.Select(CallView.Of)], page.NextPageToken))
            : problem.ToHttp();
    }

    private static async Task<Results<Ok<CallView>, ProblemHttpResult>> GetAsync(
        ApiKeyHolder holder, Guid id, CallsDbContext db, CancellationToken cancellationToken) =>
        await db.Calls.AsNoTracking().SingleOrDefaultAsync(call => call.ProjectId == holder.ProjectId && call.Id == id, cancellationToken)
            is { } call
            ? TypedResults.Ok(CallView.Of(call))
            : CallProblems.Unknown.ToHttp();
}

internal sealed record CallList(IReadOnlyList<CallView> Calls, string? NextPageToken);

internal sealed record CallView(
    string Id, ConversationRef Conversation, string AssistantId, int AssistantVersion, string Direction, string Status, string From, string To,
    string? EndedBy, string? Fault, string? Failure, int? DurationSeconds, DateTimeOffset CreatedAt, DateTimeOffset? AnsweredAt,
    DateTimeOffset? EndedAt)
{
    public static CallView Of(Call call) => new(
        call.Id.ToString(), new(call.ConversationId.ToString()), call.AssistantId, call.AssistantVersion, call.Direction, call.Status.Word(),
        call.FromAddress, call.ToAddress, call.EndedBy, call.Fault, call.FailureCode, call.DurationSeconds, call.CreatedAt, call.AnsweredAt,
        call.EndedAt);
}

internal sealed record ConversationRef(string Id);
