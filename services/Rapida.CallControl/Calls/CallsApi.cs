using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Database;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.OpenApi;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Calls;

/// <summary>Calls over REST.</summary>
internal static class CallsApi
{
    public static void MapCallsApi(this IEndpointRouteBuilder routes)
    {
        var calls = routes.MapGroup("/v1/calls").RequireScope(Scopes.CallsRead).WithParameter("id", "The call's id. It is not Twilio's CallSid.", CallExamples.Id)
            .InSection("Calls", "Telephone calls, and what became of them.");
        calls.MapGet("/", ListAsync)
            .Describe("listCalls", "Lists calls, newest first.", "Those in progress too.")
            .WithPages(CallExamples.Id)
            .WithAnswerExample(CallExamples.List)
            .WithProblems(CallProblems.BadPage);
        calls.MapGet("/{id:guid}", GetAsync)
            .Describe(
                "getCall", "Shows one call and what became of it.",
                "`status` is Twilio's word, and only Twilio ends a call. `ended_by` says who ended it, `fault` whose fault it was that it ended so, and `failure` why it "
                + "could not be held.")
            .WithAnswerExample(CallExamples.Shown)
            .WithProblems(CallProblems.Unknown);
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

internal sealed record CallList(IReadOnlyList<CallView> Calls, [property: Description("Null on the last page.")] string? NextPageToken);

internal sealed record CallView(
    string Id,
    [property: Description("Twilio's CallSid.")] string ProviderCallId,
    [property: Description("What was said in it: `GET /v1/conversations/{id}`.")] ConversationRef Conversation,
    string AssistantId,
    [property: Description("The version that answered.")] int AssistantVersion,
    [property: AllowedValues(Directions.Inbound, Directions.Outbound)] string Direction,
    [property: AllowedValues("queued", "initiated", "ringing", "in-progress", "completed", "busy", "no-answer", "failed", "canceled")]
    [property: Description("From `completed` on it does not change any more.")] string Status,
    [property: Description("As Twilio sent it: in E.164 form, or what stands for a withheld number.")] string From,
    [property: Description("The number that was called.")] string To,
    [property: Description("`caller`, `assistant`, `idle`, `max_duration`, `error` or `carrier`. Null until it ends.")] string? EndedBy,
    [property: Description("`none`, `caller`, `carrier`, `provider`, `tenant` or `us`. Null until it ends.")] string? Fault,
    [property: Description("Why it could not be held, such as `missing_version`. Null: it could.")] string? Failure,
    [property: Description("As Twilio counts it. Null until it ends.")] int? DurationSeconds,
    DateTimeOffset CreatedAt,
    [property: Description("Null: it was not.")] DateTimeOffset? AnsweredAt,
    [property: Description("Null: it has not.")] DateTimeOffset? EndedAt)
{
    public static CallView Of(Call call) => new(
        call.Id.ToString(), call.CallSid, new(call.ConversationId.ToString()), call.AssistantId, call.AssistantVersion, call.Direction, call.Status.Word(),
        call.FromAddress, call.ToAddress, call.EndedBy, call.Fault, call.FailureCode, call.DurationSeconds, call.CreatedAt, call.AnsweredAt,
        call.EndedAt);
}

internal sealed record ConversationRef(string Id);
