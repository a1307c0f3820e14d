using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Rapida.ServiceDefaults.Problems;

/// <summary>One problem, both transports.</summary>
public static class ProblemAnswers
{
    /// <summary>The trailer that carries <see cref="Problem.Code"/> over gRPC.</summary>
    public const string CodeTrailer = "problem-code";

    /// <summary>RFC 9457 problem details with a stable <c>code</c>.</summary>
    public static ProblemHttpResult ToHttp(this Problem problem) => TypedResults.Problem(
        detail: problem.Detail,
        statusCode: Codes(problem.Kind).Http,
        extensions: new Dictionary<string, object?> { ["code"] = problem.Code });

    /// <summary>The same as a gRPC status; the code travels in the trailer <see cref="CodeTrailer"/>.</summary>
    public static RpcException ToGrpc(this Problem problem) =>
        new(new Status(Codes(problem.Kind).Grpc, problem.Detail), new Metadata { { CodeTrailer, problem.Code } });

    private static (StatusCode Grpc, int Http) Codes(ProblemKind kind) => kind switch
    {
        ProblemKind.Invalid => (StatusCode.InvalidArgument, StatusCodes.Status400BadRequest),
        ProblemKind.NotFound => (StatusCode.NotFound, StatusCodes.Status404NotFound),
        ProblemKind.Conflict => (StatusCode.FailedPrecondition, StatusCodes.Status409Conflict),
        ProblemKind.Forbidden => (StatusCode.PermissionDenied, StatusCodes.Status403Forbidden),
        ProblemKind.TooMany => (StatusCode.ResourceExhausted, StatusCodes.Status429TooManyRequests),
        ProblemKind.Unavailable => (StatusCode.Unavailable, StatusCodes.Status503ServiceUnavailable),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
