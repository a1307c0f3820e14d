using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.OpenApi;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Outbound;

/// <summary>The two routes by which clients of the hosted product place calls: other words for the same use case.</summary>
internal static class HostedApi
{
    public static void MapHostedApi(this IEndpointRouteBuilder routes)
    {
        var calls = routes.MapGroup("/v1/talk").RequireScope(Scopes.CallsWrite).InSection("Hosted product", "What clients of the hosted product send.");
        calls.MapPost("/create-phone-call", PlaceAsync)
            .Describe("createPhoneCall", "Places a call, as clients of the hosted product do.", "New clients use `POST /v1/calls`.")
            .WithParameter("Idempotency-Key", "Any text of your own, such as a UUID: the same again is the same request.", "order-4711")
            .WithRequestExample(HostedExamples.One)
            .WithAnswerExample(HostedExamples.OneAnswered)
            .WithProblems(PlaceCallProblems.All);
        calls.MapPost("/create-bulk-phone-call", PlaceAllAsync)
            .Describe(
                "createBulkPhoneCall", "Places up to 1000 calls, or none.",
                "All are checked before the first is placed: a problem says which call it is about. With an `Idempotency-Key` the list can be sent again when the answer was lost.")
            .WithParameter("Idempotency-Key", "Any text of your own, such as a UUID: the same again is the same request.", "order-4711")
            .WithRequestExample(HostedExamples.Many)
            .WithAnswerExample(HostedExamples.ManyAnswered)
            .WithProblems([PlaceCallProblems.BulkInvalid, .. PlaceCallProblems.All]);
    }

    private static async Task<Ok<HostedAnswer<PlacedCall>>> PlaceAsync(
        HostedCallBody body, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, ApiKeyHolder holder, PlaceCalls place,
        CancellationToken cancellationToken)
    {
        var command = PlaceCallCommand.Parse(holder.ProjectId, body.ToBody(), idempotencyKey).ValueOrThrow();
        var calls = (await place.ExecuteAsync([command], cancellationToken)).ValueOrThrow();
        return TypedResults.Ok(new HostedAnswer<PlacedCall>(new(calls[0].Id)));
    }

    private static async Task<Ok<HostedAnswer<IReadOnlyList<PlacedCall>>>> PlaceAllAsync(
        HostedCallsBody body, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, ApiKeyHolder holder, PlaceCalls place,
        CancellationToken cancellationToken)
    {
        if (body.PhoneCalls is not { Count: > 0 and <= HostedCallsBody.Most } asked || asked.Contains(null!))
            throw new ProblemException(PlaceCallProblems.BulkInvalid);
        if (idempotencyKey is not null && !PlaceCallCommand.IsIdempotencyKey(idempotencyKey))
            throw new ProblemException(PlaceCallProblems.IdempotencyKeyInvalid);

        var commands = new List<PlaceCallCommand>(asked.Count);
        foreach (var call in asked)
        {
            var key = idempotencyKey is null ? null : KeyOf(idempotencyKey, commands.Count);
            if (!PlaceCallCommand.Parse(holder.ProjectId, call.ToBody(), key).TryGet(out var command, out var problem))
                throw new ProblemException(problem with { Detail = $"Call {commands.Count + 1} of {asked.Count}: {problem.Detail}" });
            commands.Add(command);
        }

        var calls = (await place.ExecuteAsync(commands, cancellationToken)).ValueOrThrow();
        return TypedResults.Ok(new HostedAnswer<IReadOnlyList<PlacedCall>>([.. calls.Select(call => new PlacedCall(call.Id))]));
    }

    // One key for all, and one for each that is as long however long theirs is.
    private static string KeyOf(string key, int index) => string.Create(
        CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(key)))}:{index}");

    private sealed class HostedCallBody
    {
        [Required, JsonPropertyName("assistant")]
        public HostedAssistantBody? Assistant { get; init; }

        [Required, JsonPropertyName("toNumber")]
        public string? ToNumber { get; init; }

        [JsonPropertyName("fromNumber")]
        public string? FromNumber { get; init; }

        [JsonPropertyName("metadata")]
        public JsonObject? Metadata { get; init; }

        [JsonPropertyName("args")]
        public IReadOnlyDictionary<string, string?>? Args { get; init; }

        [JsonPropertyName("options")]
        public CallOptionsBody? Options { get; init; }

        public PlaceCallBody ToBody() => new()
        {
            AssistantId = Assistant?.AssistantId,
            // The hosted product's word for the live one.
            Version = Assistant?.Version is null or "" or "latest" ? null : int.TryParse(Assistant.Version, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0,
            ToNumber = ToNumber,
            FromNumber = FromNumber,
            Metadata = Metadata,
            Args = Args,
            Options = Options,
        };
    }

    private sealed class HostedAssistantBody
    {
        // 64-bit ids travel as strings.
        [Required, JsonPropertyName("assistantId"), JsonConverter(typeof(TextOrNumber))]
        public string? AssistantId { get; init; }

        [JsonPropertyName("version"), JsonConverter(typeof(TextOrNumber))]
        public string? Version { get; init; }
    }

    private sealed class HostedCallsBody
    {
        public const int Most = 1_000;

        [Required, JsonPropertyName("phoneCalls")]
        public IReadOnlyList<HostedCallBody>? PhoneCalls { get; init; }
    }

    private sealed record HostedAnswer<T>(
        [property: JsonPropertyName("data")] T Data, [property: JsonPropertyName("code")] int Code = 200, [property: JsonPropertyName("success")] bool Success = true);

    private sealed record PlacedCall([property: JsonPropertyName("id")] Guid Id);
}
