using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.ServiceDefaults.OpenApi;

/// <summary>Writes an operation's scope, examples and problems into the document.</summary>
internal sealed class DescribeOperation : IOpenApiOperationTransformer
{
    private const string Json = "application/json";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var scope = metadata.OfType<RequiredScope>().Single().Scope;
        operation.Security = [new() { [new OpenApiSecuritySchemeReference(DescribeDocument.KeyScheme, context.Document)] = [scope] }];

        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            if (metadata.OfType<ParameterNote>().LastOrDefault(note => note.Name == parameter.Name) is { } note)
                (parameter.Description, parameter.Example) = (note.Description, note.Example.DeepClone());
        }

        if (metadata.OfType<RequestExample>().LastOrDefault() is { } request && operation.RequestBody is OpenApiRequestBody body)
            MediaOf(body.Content).Example = request.Body.DeepClone();
        if (metadata.OfType<AnswerExample>().LastOrDefault() is { } answer)
            MediaOf(operation.Responses!.Single(response => response.Key.StartsWith('2')).Value.Content).Example = answer.Body.DeepClone();

        AddProblems(operation, metadata.OfType<PossibleProblems>().SelectMany(possible => possible.Problems), context.Document!);
        return Task.CompletedTask;
    }

    // Always there: the framework has seen what is taken and answered.
    private static OpenApiMediaType MediaOf(IDictionary<string, OpenApiMediaType>? content) => content![Json];

    private static void AddProblems(OpenApiOperation operation, IEnumerable<Problem> own, OpenApiDocument document)
    {
        var byStatus = own.Select(problem => problem.ToHttp().ProblemDetails).ToLookup(problem => problem.Status!.Value);
        var hasBody = operation.RequestBody is not null;
        var mayBeMisread = hasBody || operation.Parameters?.Any(parameter => parameter.In is ParameterLocation.Query) is true;
        SharedAnswer[] shared = [.. SharedAnswer.Always, .. hasBody ? SharedAnswer.WithBody : [], .. mayBeMisread ? [SharedAnswer.Unreadable] : (SharedAnswer[])[]];

        foreach (var status in byStatus.Select(group => group.Key).Union(shared.Select(answer => answer.Status)).Order())
        {
            var known = shared.SingleOrDefault(answer => answer.Status == status);
            operation.Responses![$"{status}"] = (known, byStatus[status].ToList()) switch
            {
                ({ } alone, []) => new OpenApiResponseReference(alone.Name, document),
                (null, var problems) => Response(problems),
                ({ } also, var problems) => Response([.. problems, also.Problem]),
            };
        }
    }

    private static OpenApiResponse Response(List<Microsoft.AspNetCore.Mvc.ProblemDetails> problems) =>
        ProblemSchema.Response(problems[0].Title!, problems);
}
