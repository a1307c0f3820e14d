namespace Rapida.TwilioEmulator.Accounts;

/// <summary>How an Auth Token is changed: a secondary one is made, told to whoever needs it, and promoted. At Twilio these are on accounts.twilio.com.</summary>
internal static class AuthTokenEndpoints
{
    public static void MapAuthTokens(this IEndpointRouteBuilder app)
    {
        var tokens = app.MapGroup("/v1/AuthTokens").AddEndpointFilter<RestAuthentication>().WithMetadata(new NeedsAuthToken());
        tokens.MapPost("Secondary", (HttpContext http, TimeProvider clock) => Results.Json(
            new { AccountSid = Caller(http).Sid, SecondaryAuthToken = Caller(http).NewSecondaryToken(), DateCreated = clock.GetUtcNow(), DateUpdated = clock.GetUtcNow(), Url = Url(http) },
            statusCode: StatusCodes.Status201Created));
        tokens.MapDelete("Secondary", (HttpContext http) =>
        {
            Caller(http).DropSecondaryToken();
            return Results.NoContent();
        });
        tokens.MapPost("Promote", (HttpContext http, TimeProvider clock) => Caller(http).PromoteSecondaryToken()
            ? Results.Ok(new { AccountSid = Caller(http).Sid, Caller(http).AuthToken, DateCreated = clock.GetUtcNow(), DateUpdated = clock.GetUtcNow(), Url = Url(http) })
            : RestError.NotFound(http.Request.Path));
    }

    private static Account Caller(HttpContext http) => (Account)http.Items[RestAuthentication.Caller]!;

    private static string Url(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}{http.Request.Path}";
}
