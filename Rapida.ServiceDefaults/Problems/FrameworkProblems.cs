using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Rapida.ServiceDefaults.Problems;

/// <summary>What the framework refuses before a service sees it. A new answer each time: it writes its trace into it.</summary>
internal static class FrameworkProblems
{
    public static ProblemHttpResult NotJson => Answer(
        StatusCodes.Status415UnsupportedMediaType, "content_type_invalid", "Send JSON, and say so in the header Content-Type: application/json.");

    /// <summary>Of an answer that has a status and nothing else. Null: it is meant to be bare.</summary>
    public static ProblemHttpResult? Of(HttpContext context) => context.Response.StatusCode switch
    {
        // Routing refuses a body that is not JSON by itself, without a word.
        StatusCodes.Status415UnsupportedMediaType => NotJson,
        // An endpoint that answers a bare 404 means to; and a gRPC client reads no body.
        StatusCodes.Status404NotFound when context.GetEndpoint() is null && !IsGrpc(context.Request) =>
            Answer(StatusCodes.Status404NotFound, "path_unknown", UnknownPath.Sentence(context)),
        StatusCodes.Status405MethodNotAllowed => Answer(
            StatusCodes.Status405MethodNotAllowed, "method_not_allowed",
            $"{context.Request.Method} does nothing at this path, which takes {context.Response.Headers.Allow}."),
        _ => null,
    };

    public static ProblemHttpResult Unreadable(BadHttpRequestException exception) =>
        Answer(exception.StatusCode, "bad_request", UnreadableRequest.Sentence(exception));

    private static bool IsGrpc(HttpRequest request) => request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) is true;

    private static ProblemHttpResult Answer(int status, string code, string detail) =>
        TypedResults.Problem(detail: detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}
