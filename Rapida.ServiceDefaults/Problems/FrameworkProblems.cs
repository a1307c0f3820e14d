using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Rapida.ServiceDefaults.Problems;

/// <summary>What the framework refuses before a service sees it. A new answer each time: it writes its trace into it.</summary>
internal static class FrameworkProblems
{
    public static ProblemHttpResult NotJson => Answer(
        StatusCodes.Status415UnsupportedMediaType, "content_type_invalid", "Send JSON, and say so in the header Content-Type: application/json.");

    public static ProblemHttpResult Unreadable(BadHttpRequestException exception) =>
        Answer(exception.StatusCode, "bad_request", UnreadableRequest.Sentence(exception));

    private static ProblemHttpResult Answer(int status, string code, string detail) =>
        TypedResults.Problem(detail: detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}
