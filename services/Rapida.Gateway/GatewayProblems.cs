using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Rapida.Gateway.Rates;

namespace Rapida.Gateway;

/// <summary>The error catalogue of the door.</summary>
internal static class GatewayProblems
{
    public static ProblemHttpResult NoSuchPath => Answer(
        StatusCodes.Status404NotFound, "path_unknown", "There is nothing at this path. Those of the API begin with /v1.");

    /// <summary>Nobody knows whether the request was carried out.</summary>
    public static ProblemHttpResult Timeout => Answer(
        StatusCodes.Status504GatewayTimeout, "timeout",
        "A part of the system did not answer in time. Look whether the request took effect before you send it again.");

    public static ProblemHttpResult Unavailable => Answer(
        StatusCodes.Status503ServiceUnavailable, "unavailable", "A part of the system did not answer. Try again in a moment.");

    public static ProblemHttpResult TooSlow => Answer(
        StatusCodes.Status408RequestTimeout, "request_too_slow", "The body came too slowly, or not to its end. Send it in one go.");

    public static ProblemHttpResult Unreadable => Answer(
        StatusCodes.Status400BadRequest, "bad_request", "The body ended before its announced length, or is not well-formed HTTP.");

    public static ProblemHttpResult TooLarge(int most) => Answer(
        StatusCodes.Status413PayloadTooLarge, "body_too_large",
        string.Create(CultureInfo.InvariantCulture, $"The body may have at most {most} bytes. Send less at once."));

    public static ProblemHttpResult TooMany(Counted refused, int seconds) => Answer(
        StatusCodes.Status429TooManyRequests, "rate_limited",
        string.Create(
            CultureInfo.InvariantCulture,
            $"This {refused.Name} may ask {refused.Rate.PerSecond} times a second, and {refused.Rate.Burst} at once after a pause. Try again in {seconds} s."));

    private static ProblemHttpResult Answer(int status, string code, string detail) =>
        TypedResults.Problem(detail: detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}
