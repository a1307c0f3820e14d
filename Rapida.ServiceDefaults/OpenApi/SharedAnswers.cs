using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace Rapida.ServiceDefaults.OpenApi;

/// <summary>An answer that many operations may give: of the gateway, of the check of the key, or of a failure of ours.</summary>
/// <param name="Name">Under which the document has it once.</param>
/// <param name="Status">Of HTTP.</param>
/// <param name="Code">Stable.</param>
/// <param name="Detail">As a developer sees it.</param>
/// <param name="Description">What it means and what to do.</param>
internal sealed record SharedAnswer(string Name, int Status, string Code, string Detail, string Description)
{
    public static readonly IReadOnlyList<SharedAnswer> Always =
    [
        new("Unauthenticated", StatusCodes.Status401Unauthorized, "unauthenticated", "Send a valid API key in the x-api-key header.",
            "The request has no API key, or one that is mistyped, expired or revoked."),
        new("ScopeMissing", StatusCodes.Status403Forbidden, "scope_missing", "This key lacks the scope calls:read.",
            "The key is good, and does not have the scope that the operation asks for. Make a key that has it."),
        new("RateLimited", StatusCodes.Status429TooManyRequests, "rate_limited",
            "This key may ask 20 times a second, and 100 at once after a pause. Try again in 1 s.",
            "The key or the address asks too often. Wait for the seconds that `Retry-After` says."),
        new("Internal", StatusCodes.Status500InternalServerError, "internal", "Something went wrong on our side. It has been logged.",
            "A mistake of ours. Tell us the `trace_id`."),
        new("Unavailable", StatusCodes.Status503ServiceUnavailable, "unavailable", "A part of the system did not answer. Try again in a moment.",
            "A part of the system is away. Try again in a moment."),
        new("Timeout", StatusCodes.Status504GatewayTimeout, "timeout",
            "A part of the system did not answer in time. Look whether the request took effect before you send it again.",
            "No answer within 15 s. Nobody knows whether the request was carried out: look before you repeat it."),
    ];

    public static readonly IReadOnlyList<SharedAnswer> WithBody =
    [
        new("RequestTooSlow", StatusCodes.Status408RequestTimeout, "request_too_slow",
            "The body came too slowly, or not to its end. Send it in one go.", "The body came slower than 240 bytes a second."),
        new("BodyTooLarge", StatusCodes.Status413PayloadTooLarge, "body_too_large",
            "The body may have at most 262144 bytes. Send less at once.", "The body has more than 256 KB."),
        new("NotJson", StatusCodes.Status415UnsupportedMediaType, "content_type_invalid",
            "Send JSON, and say so in the header Content-Type: application/json.", "The header `Content-Type` does not say `application/json`."),
    ];

    /// <summary>Where something can be misread: a body, or a number in the query.</summary>
    public static readonly SharedAnswer Unreadable = new(
        "Unreadable", StatusCodes.Status400BadRequest, "bad_request", "The body is not JSON: it breaks off at line 1, byte 17.",
        "The body is not well-formed JSON, a value has another type than it should, or a parameter is missing: the sentence says where.");

    public ProblemDetails Problem =>
        TypedResults.Problem(detail: Detail, statusCode: Status, extensions: new Dictionary<string, object?> { ["code"] = Code }).ProblemDetails;

    public OpenApiResponse ToResponse()
    {
        var response = ProblemSchema.Response(Description, [Problem]);
        if (Status is StatusCodes.Status429TooManyRequests)
        {
            response.Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Retry-After"] = new OpenApiHeader
                {
                    Description = "Seconds to wait.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer }, Example = 1,
                },
            };
        }

        return response;
    }
}
