using Grpc.Core;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Rapida.ServiceDefaults.Problems;

/// <summary>The same for HTTP: problems become problem details, surprises are logged once and told without detail.</summary>
internal sealed class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    private const string CharsetUnknown = "Unable to read the request as JSON because the request content type charset";

    private static readonly Problem Surprise = new(ProblemKind.Unavailable, "internal", "Something went wrong on our side. It has been logged.");

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
            return true; // Nobody is there to be told.

        var answer = exception switch
        {
            ProblemException known => known.Problem.ToHttp(),
            // A body without a Content-Type, which routing lets pass, and one in a charset that there is not.
            BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => FrameworkProblems.NotJson,
            InvalidOperationException odd when odd.Message.StartsWith(CharsetUnknown, StringComparison.Ordinal) => FrameworkProblems.NotJson,
            BadHttpRequestException bad => FrameworkProblems.Unreadable(bad),
            RpcException { StatusCode: StatusCode.Unavailable or StatusCode.DeadlineExceeded } => new Problem(
                ProblemKind.Unavailable, "unavailable", "A part of the system did not answer. Try again in a moment.").ToHttp(),
            _ => TypedResults.Problem(detail: Surprise.Detail, statusCode: StatusCodes.Status500InternalServerError, extensions: Code(Surprise.Code)),
        };

        if (answer.StatusCode >= StatusCodes.Status500InternalServerError)
            logger.RequestFailed(exception, httpContext.Request.Method, Route(httpContext));
        await answer.ExecuteAsync(httpContext);
        return true;
    }

    // The feature's endpoint, because the context has forgotten its own by now. The route's pattern and not the path: a webhook's URL
    // carries a key, a media URL a context.
    private static string Route(HttpContext context) =>
        (context.Features.Get<IExceptionHandlerFeature>()?.Endpoint as Microsoft.AspNetCore.Routing.RouteEndpoint)?.RoutePattern.RawText ?? "unknown";

    private static Dictionary<string, object?> Code(string code) => new() { ["code"] = code };
}
