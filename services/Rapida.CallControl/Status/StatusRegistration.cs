using Microsoft.AspNetCore.Http.HttpResults;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.CallControl.Next;

namespace Rapida.CallControl.Status;

internal static class StatusRegistration
{
    public static void AddStatus(this WebApplicationBuilder builder) => builder.Services.AddScoped<ReceiveCallback>();

    public static void MapStatus(this WebApplication app)
    {
        app.MapTwilioWebhook("/v1/talk/twilio/ctx/{contextId}/event", ByContextAsync)
            .WithSummary("Twilio: status of a call, its stream, a recording or a machine detection. Set by us for each call.");
        app.MapTwilioWebhook("/v1/talk/twilio/event/{assistantId}", ByNumberAsync)
            .WithSummary("Twilio: status callback of a number. This is the one for Twilio's console; the call is found by its CallSid.");
    }

    private static async Task<Results<NoContent, ContentHttpResult>> ByContextAsync(
        string contextId, TwilioWebhook webhook, AdmitCallWebhook admit, ReceiveCallback receive, CancellationToken cancellationToken) =>
        await AnswerAsync(await admit.ByContextAsync(contextId, webhook, cancellationToken), webhook, receive, cancellationToken);

    private static async Task<Results<NoContent, ContentHttpResult>> ByNumberAsync(
        string assistantId, TwilioWebhook webhook, AdmitCallWebhook admit, ReceiveCallback receive, CancellationToken cancellationToken) =>
        await AnswerAsync(await admit.BySidAsync(assistantId, webhook, cancellationToken), webhook, receive, cancellationToken);

    private static async Task<Results<NoContent, ContentHttpResult>> AnswerAsync(
        Calls.Call? call, TwilioWebhook webhook, ReceiveCallback receive, CancellationToken cancellationToken)
    {
        if (call is null)
            return TwilioEndpoints.Refused;
        await receive.ExecuteAsync(call.Id, webhook, cancellationToken);
        return TypedResults.NoContent();
    }
}
