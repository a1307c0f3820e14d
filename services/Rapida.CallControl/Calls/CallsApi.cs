using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Database;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Endpoints;
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
            .Describe("listCalls", "Lists calls, newest first.", "Those in progress too. Filters narrow it: by status, direction, assistant, CallSid, numbers and time.")
            .WithPages(CallExamples.Id)
            .WithParameter("status", "One of Twilio's words.", "in-progress")
            .WithParameter("direction", "`inbound` or `outbound`.", "outbound")
            .WithParameter("assistant_id", "Whose calls.", "123456789012345")
            .WithParameter("provider_call_id", "Twilio's CallSid, as its console shows it: one call at most.", "CA00112233445566778899aabbccddeeff")
            .WithParameter("from", "In E.164 form; the + is %2B in a query.", "+15551234567")
            .WithParameter("to", "In E.164 form; the + is %2B in a query.", "+15557654321")
            .WithParameter("created_after", "RFC 3339.", "2026-11-25T00:00:00Z")
            .WithParameter("created_before", "RFC 3339.", "2026-11-26T00:00:00Z")
            .WithAnswerExample(CallExamples.List)
            .WithProblems(Paging.Invalid, CallProblems.BadFilter);
        calls.MapGet("/{id:guid}", GetAsync)
            .Describe(
                "getCall", "Shows one call and what became of it.",
                "`status` is Twilio's word, and only Twilio ends a call. `ended_by` says who ended it, `fault` whose fault it was that it ended so, and `failure` why it "
                + "could not be held.")
            .WithAnswerExample(CallExamples.Shown)
            .WithProblems(CallProblems.Unknown);
        calls.MapGet("/{id:guid}/events", EventsAsync)
            .Describe("listCallEvents", "Lists what happened to a call, the oldest first.", "Twilio's callbacks, each once, the steps of its dialling, and who wanted it ended.")
            .WithAnswerExample(CallExamples.Events)
            .WithProblems(CallProblems.Unknown);
    }

    private static async Task<Results<Ok<CallList>, ProblemHttpResult>> ListAsync(
        ApiKeyHolder holder, ListCalls list, [AsParameters] CallQuery query, CancellationToken cancellationToken)
    {
        var filter = CallFilter.Parse(query.status, query.direction, query.assistant_id, query.provider_call_id, query.from, query.to, query.created_after, query.created_before);
        var result = await list.ExecuteAsync(holder.ProjectId, filter.ValueOrThrow(), query.page_size, query.page_token, cancellationToken);
        return result.TryGet(out var page, out var problem)
            ? TypedResults.Ok(new CallList([.. page.Items.Select(CallView.Of)], page.NextToken))
            : problem.ToHttp();
    }

    private static async Task<Results<Ok<CallView>, ProblemHttpResult>> GetAsync(
        ApiKeyHolder holder, Guid id, CallsDbContext db, CancellationToken cancellationToken) =>
        await db.Calls.AsNoTracking().SingleOrDefaultAsync(call => call.ProjectId == holder.ProjectId && call.Id == id, cancellationToken)
            is { } call
            ? TypedResults.Ok(CallView.Of(call))
            : CallProblems.Unknown.ToHttp();

    private static async Task<Results<Ok<CallEventList>, ProblemHttpResult>> EventsAsync(
        ApiKeyHolder holder, Guid id, CallsDbContext db, CancellationToken cancellationToken)
    {
        if (!await db.Calls.AnyAsync(call => call.ProjectId == holder.ProjectId && call.Id == id, cancellationToken))
            return CallProblems.Unknown.ToHttp();
        var events = await db.Events.AsNoTracking().Where(row => row.ProjectId == holder.ProjectId && row.CallId == id).OrderBy(row => row.Ordinal)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(new CallEventList(events.Select(CallEventView.Of)));
    }
}

/// <summary>The query of a list, by the names on the wire.</summary>
internal readonly record struct CallQuery(
    int? page_size, string? page_token, string? status, string? direction, string? assistant_id, string? provider_call_id, string? from, string? to, DateTimeOffset? created_after, DateTimeOffset? created_before);

internal sealed record CallList(IReadOnlyList<CallView> Calls, [property: Description("Null on the last page.")] string? NextPageToken);

internal sealed record CallEventList(IEnumerable<CallEventView> Events);
