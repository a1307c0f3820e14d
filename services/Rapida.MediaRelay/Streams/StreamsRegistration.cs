using Rapida.Media.V1;
using Rapida.ServiceDefaults.Access;

namespace Rapida.MediaRelay.Streams;

internal static class StreamsRegistration
{
    public static void AddStreams(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<MediaContexts.MediaContextsClient>("calls");
        builder.AddServiceClient<Conversations.V1.Conversations.ConversationsClient>("recordings");
        builder.Services.AddSingleton<StreamSlots>();
        builder.Services.AddSingleton<RecallConversation>();
        builder.Services.AddHostedService<WarmUpRecall>();
        builder.Services.AddSingleton<CarryStream>();
    }

    public static void MapStreams(this WebApplication app)
    {
        app.UseWebSockets();
        app.MapGet("/v1/talk/twilio/ctx/{contextId}", (HttpContext http, string contextId, CarryStream stream) => stream.ExecuteAsync(http, contextId));
    }
}
