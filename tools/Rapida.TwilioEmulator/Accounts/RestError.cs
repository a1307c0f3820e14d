namespace Rapida.TwilioEmulator.Accounts;

/// <summary>Twilio's error body: exactly these four keys, numbers as numbers.</summary>
internal static class RestError
{
    public static IResult Of(int status, int code, string message) =>
        Results.Json(new { code, message, more_info = $"https://www.twilio.com/docs/errors/{code}", status }, statusCode: status);

    public static IResult Unauthorized() => Of(StatusCodes.Status401Unauthorized, 20003, "Authenticate");

    /// <summary>"Never processed, safe to retry."</summary>
    public static IResult TooManyRequests(HttpResponse response)
    {
        response.Headers.RetryAfter = "1";
        return Of(StatusCodes.Status429TooManyRequests, 20429, "Too Many Requests");
    }

    public static IResult Internal() => Of(StatusCodes.Status500InternalServerError, 20500, "An internal server error has occurred");

    public static IResult NotFound(PathString path) =>
        Of(StatusCodes.Status404NotFound, 20404, $"The requested resource {path} was not found");
}
