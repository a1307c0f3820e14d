using Microsoft.AspNetCore.Http.HttpResults;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.ServiceDefaults.Access;

namespace Rapida.CallControl.Inbound;

internal static class InboundRegistration
{
    public static void AddInbound(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<AdmitWebhook>();
        builder.Services.AddScoped<AnswerInboundCall>();
        builder.Services.AddSingleton<WriteInboundCall>();
        builder.Services.AddSingleton<WarmUp>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WarmUp>());
        builder.Services.AddHealthChecks().AddCheck<WarmUp>("warm-up");
    }

    public static void MapInbound(this WebApplication app) =>
        app.MapTwilioWebhook("/v1/talk/twilio/call/{assistantId}", AnswerAsync)
            .WithSummary("Twilio: a call comes in. Answers with TwiML that opens the media stream.");

    private static async Task<ContentHttpResult> AnswerAsync(
        string assistantId, TwilioWebhook webhook, AnswerInboundCall answer, CancellationToken cancellationToken) =>
        await answer.ExecuteAsync(assistantId, webhook, cancellationToken) is { } twiml
            ? TypedResults.Content(twiml, Twiml.ContentType)
            : TwilioEndpoints.Refused;
}
