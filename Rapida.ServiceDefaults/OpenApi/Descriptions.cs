using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.ServiceDefaults.OpenApi;

/// <summary>What an operation of the public API says of itself, for a developer who has never seen it.</summary>
public static class Descriptions
{
    /// <summary>The part of the API that these operations belong to.</summary>
    public static T InSection<T>(this T endpoints, string name, string description)
        where T : IEndpointConventionBuilder => endpoints.WithTags(name).WithMetadata(new Section(name, description));

    /// <summary>What it does.</summary>
    /// <param name="endpoint">The operation.</param>
    /// <param name="name">Its <c>operationId</c>: stable, a generated client makes a method of it.</param>
    /// <param name="summary">A sentence.</param>
    /// <param name="description">What the sentence leaves out, in Markdown.</param>
    public static T Describe<T>(this T endpoint, string name, string summary, string description)
        where T : IEndpointConventionBuilder => endpoint.WithName(name).WithSummary(summary).WithDescription(description);

    /// <summary>A parameter of the path or the query, where these operations have it.</summary>
    public static T WithParameter<T>(this T endpoints, string name, string description, string example)
        where T : IEndpointConventionBuilder => endpoints.WithMetadata(new ParameterNote(name, description, JsonValue.Create(example)));

    /// <summary>The parameters of a list that is read in pages.</summary>
    public static T WithPages<T>(this T endpoint, string pageToken)
        where T : IEndpointConventionBuilder => endpoint
            .WithMetadata(new ParameterNote("page_size", "How many at most: 1 to 100. 50 if left out.", JsonValue.Create(20)))
            .WithParameter("page_token", "The `next_page_token` of the page before. Left out: the first page.", pageToken);

    /// <summary>A body that is accepted.</summary>
    public static T WithRequestExample<T>(this T endpoint, [StringSyntax(StringSyntaxAttribute.Json)] string json)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new RequestExample(JsonNode.Parse(json)!));

    /// <summary>A body of its success.</summary>
    public static T WithAnswerExample<T>(this T endpoint, [StringSyntax(StringSyntaxAttribute.Json)] string json)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new AnswerExample(JsonNode.Parse(json)!));

    /// <summary>What these operations may answer instead. What every operation may answer need not be said.</summary>
    public static T WithProblems<T>(this T endpoints, params Problem[] problems)
        where T : IEndpointConventionBuilder => endpoints.WithMetadata(new PossibleProblems(problems));
}

internal sealed record Section(string Name, string Description);

internal sealed record ParameterNote(string Name, string Description, JsonNode Example);

internal sealed record RequestExample(JsonNode Body);

internal sealed record AnswerExample(JsonNode Body);

internal sealed record PossibleProblems(IReadOnlyList<Problem> Problems);
