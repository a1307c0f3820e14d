using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace Rapida.ServiceDefaults.OpenApi;

/// <summary>How problem details look: RFC 9457 with a stable <c>code</c>.</summary>
internal static class ProblemSchema
{
    public const string Name = "Problem";
    private const string TraceId = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private const string ContentType = "application/problem+json";

    public static OpenApiSchema Schema { get; } = new()
    {
        Type = JsonSchemaType.Object,
        Description = "Problem details (RFC 9457). Decide by `code`; show `detail` to a person.",
        Required = new HashSet<string> { "status", "detail", "code" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["code"] = Text("Stable: it may be programmed against. New ones may be added."),
            ["detail"] = Text("A sentence that says what to change. Its words may change."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The status of the answer." },
            ["title"] = Text("The name of the status."),
            ["trace_id"] = Text("Names this request in our logs."),
            ["type"] = Text("Where the status is defined."),
        },
    };

    /// <summary>An answer that is one of these problems.</summary>
    public static OpenApiResponse Response(string description, IReadOnlyList<ProblemDetails> problems) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [ContentType] = new()
            {
                Schema = new OpenApiSchemaReference(Name),
                // Some codes come with one of several sentences: one of them stands for all.
                Examples = problems.DistinctBy(Code).ToDictionary(
                    problem => Code(problem), IOpenApiExample (problem) => new OpenApiExample { Summary = problem.Detail, Value = ToJson(problem) }),
            },
        },
    };

    public static string Code(ProblemDetails problem) => (string)problem.Extensions["code"]!;

    private static JsonObject ToJson(ProblemDetails problem)
    {
        var json = new JsonObject { ["title"] = problem.Title, ["status"] = problem.Status, ["detail"] = problem.Detail, ["code"] = Code(problem), ["trace_id"] = TraceId };
        if (problem.Type is { } type) // Not every status has one: 429 is of another RFC.
            json.Insert(0, "type", type);
        return json;
    }

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
