using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>What all of Twilio's webhooks have in common.</summary>
internal static class TwilioEndpoints
{
    // Twilio's largest webhooks are a few kilobytes.
    private const int MaxBodyBytes = 64 * 1024;

    /// <summary>Every refusal, whatever its reason: the same status and body.</summary>
    public static ContentHttpResult Refused => TypedResults.Text("Forbidden", "text/plain", statusCode: StatusCodes.Status403Forbidden);

    /// <summary>Twilio posts a form, or gets with a query: the number's owner chooses.</summary>
    public static IEndpointConventionBuilder MapTwilioWebhook(this IEndpointRouteBuilder routes, string pattern, Delegate handler) =>
        routes.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Post], handler)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .DisableAntiforgery();
}
