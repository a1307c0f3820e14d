using Microsoft.AspNetCore.Http.HttpResults;
using Rapida.CallControl.Carriers.Twilio;

namespace Rapida.CallControl.Next;

internal static class NextRegistration
{
    public static void AddNext(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<AdmitCallWebhook>();
        builder.Services.AddScoped<DecideNext>();
    }

    public static void MapNext(this WebApplication app) =>
        app.MapTwilioWebhook("/v1/talk/twilio/ctx/{contextId}/next", NextAsync)
            .WithSummary("Twilio: the stream has ended or never started, or a dial has ended. Answers with what to do now.");

    private static async Task<ContentHttpResult> NextAsync(
        string contextId, TwilioWebhook webhook, AdmitCallWebhook admit, DecideNext next, CancellationToken cancellationToken) =>
        await admit.ByContextAsync(contextId, webhook, cancellationToken) is { } call
            ? TypedResults.Content(await next.ExecuteAsync(contextId, call.Id, webhook, cancellationToken), Twiml.ContentType)
            : TwilioEndpoints.Refused;
}
