using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Rapida.CallControl.Calls;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.OpenApi;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Outbound;

/// <summary>REST: calls are placed, taken back and ended.</summary>
internal static class PlaceCallApi
{
    public static void MapPlaceCallApi(this IEndpointRouteBuilder routes)
    {
        var calls = routes.MapGroup("/v1/calls").RequireScope(Scopes.CallsWrite).WithParameter("id", "The call's id. It is not Twilio's CallSid.", CallExamples.Id)
            .InSection("Calls", "Telephone calls, and what became of them.");
        calls.MapPost("/", PlaceAsync)
            .Describe(
                "placeCall", "Places a call.",
                "It is queued, and dialled as soon as the project and the number may hold one more; `GET /v1/calls/{id}` tells what becomes of it. Send an "
                + "`Idempotency-Key`: the same request with the same key again is answered with the same call, and nobody is rung twice.")
            .WithParameter("Idempotency-Key", "Any text of your own, such as a UUID: the same again is the same request.", "order-4711")
            .WithRequestExample(CallExamples.Place)
            .WithAnswerExample(CallExamples.Placed)
            .WithProblems(PlaceCallProblems.All);
        calls.MapPost("/{id:guid}/cancel", CancelAsync)
            .Describe(
                "cancelCall", "Takes a call back before it is answered.",
                "One that waits is not dialled; one that rings stops ringing within some seconds. One that has ended stays as it is.")
            .WithAnswerExample(CallExamples.Canceled)
            .WithProblems(CallProblems.Unknown, CallProblems.Answered);
        calls.MapPost("/{id:guid}/hangup", HangUpAsync)
            .Describe("hangUpCall", "Ends a call, in whatever state it is.", "Within some seconds. One that has ended stays as it is.")
            .WithAnswerExample(CallExamples.Canceled)
            .WithProblems(CallProblems.Unknown);
    }

    private static async Task<Results<Accepted<CallView>, ProblemHttpResult>> PlaceAsync(
        PlaceCallBody body, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, ApiKeyHolder holder, PlaceCalls place,
        CancellationToken cancellationToken)
    {
        var command = PlaceCallCommand.Parse(holder.ProjectId, body, idempotencyKey).ValueOrThrow();
        var call = (await place.ExecuteAsync([command], cancellationToken)).ValueOrThrow()[0];
        return TypedResults.Accepted($"/v1/calls/{call.Id}", CallView.Of(call));
    }

    private static Task<Results<Accepted<CallView>, ProblemHttpResult>> CancelAsync(
        Guid id, ApiKeyHolder holder, EndCall end, CancellationToken cancellationToken) =>
        EndAsync(end.ExecuteAsync(holder.ProjectId, id, mayBeAnswered: false, cancellationToken));

    private static Task<Results<Accepted<CallView>, ProblemHttpResult>> HangUpAsync(
        Guid id, ApiKeyHolder holder, EndCall end, CancellationToken cancellationToken) =>
        EndAsync(end.ExecuteAsync(holder.ProjectId, id, mayBeAnswered: true, cancellationToken));

    private static async Task<Results<Accepted<CallView>, ProblemHttpResult>> EndAsync(Task<Result<Call>> end) =>
        (await end).TryGet(out var call, out var problem)
            ? TypedResults.Accepted($"/v1/calls/{call.Id}", CallView.Of(call))
            : problem.ToHttp();
}
