using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Outbound;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.OpenApi;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Numbers;

/// <summary>REST: <c>/v1/numbers</c>. Where the calls of a Twilio account's numbers go.</summary>
internal static class NumbersApi
{
    public static void MapNumbersApi(this IEndpointRouteBuilder routes)
    {
        var numbers = routes.MapGroup("/v1/numbers").InSection("Numbers", "The numbers of a Twilio account, and where their calls go.");
        numbers.MapGet("", ListAsync).RequireScope(Scopes.DeploymentsRead)
            .Describe(
                "listNumbers", "Lists the numbers of a Twilio account.",
                "As Twilio has them now, 1000 at most. `set_up` says whether calls to a number reach an assistant of this project; if not, `POST /v1/numbers/setup` helps.")
            .WithParameter("credential_id", "The Twilio credential whose account is asked.", NumberExamples.CredentialId)
            .WithAnswerExample(NumberExamples.List)
            .WithProblems(
                CallProblems.CredentialUnknown, NumberProblems.Refused(20003, StatusCodes.Status401Unauthorized), NumberProblems.CarrierUnreachable);
        numbers.MapPost("setup", SetUpAsync).RequireScope(Scopes.DeploymentsWrite)
            .Describe(
                "setUpNumber", "Points a number at an assistant.",
                "Without `apply` it says what would change at Twilio, and changes nothing. With it the number's voice webhook and status callback are set. "
                + "A number that the phone deployment does not name is answered too, and counted in `GET /v1/diagnostics` as `number_not_deployed`.")
            .WithRequestExample(NumberExamples.SetUp)
            .WithAnswerExample(NumberExamples.SetUpAnswer)
            .WithProblems(
                PlaceCallProblems.AssistantIdInvalid, PlaceCallProblems.AssistantUnknown, NumberProblems.WebhookScopeMissing, NumberProblems.NumberInvalid,
                NumberProblems.DeploymentMissing, PlaceCallProblems.CredentialUnknown, NumberProblems.NotOnAccount, NumberProblems.InTheWay(["trunk_sid"]),
                NumberProblems.Refused(21402, StatusCodes.Status400BadRequest), NumberProblems.CarrierUnreachable);
    }

    private static async Task<Results<Ok<NumberList>, ProblemHttpResult>> ListAsync(
        [FromQuery(Name = "credential_id")] string credentialId, ApiKeyHolder holder, ListNumbers list, CancellationToken cancellationToken) =>
        (await list.ExecuteAsync(holder.ProjectId, credentialId, cancellationToken)).TryGet(out var numbers, out var problem)
            ? TypedResults.Ok(new NumberList(numbers))
            : problem.ToHttp();

    private static async Task<Results<Ok<NumberSetup>, ProblemHttpResult>> SetUpAsync(
        SetUpNumberBody body, ApiKeyHolder holder, SetUpNumber setUp, CancellationToken cancellationToken)
    {
        var command = SetUpNumberCommand.Parse(holder.ProjectId, body).ValueOrThrow();
        return (await setUp.ExecuteAsync(command, cancellationToken)).TryGet(out var done, out var problem)
            ? TypedResults.Ok(done)
            : problem.ToHttp();
    }
}
