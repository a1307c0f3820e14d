using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Rapida.Media.V1;
using Rapida.ServiceDefaults.Access;

namespace Rapida.MediaRelay.Streams;

internal static class StreamsRegistration
{
    public static void AddStreams(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<MediaContexts.MediaContextsClient>("calls");
        builder.AddServiceClient<Conversations.V1.Conversations.ConversationsClient>("recordings");
        builder.WebHost.UseSockets(ServeFrames);
        builder.Services.AddSingleton<StreamSlots>();
        builder.Services.AddSingleton<RecallConversation>();
        builder.Services.AddHostedService<WarmUpRecall>();
        builder.Services.AddSingleton<CarryStream>();
    }

    /// <summary>
    /// A frame is read, decided on and answered by the thread that was told of it: to wake another costs more than a frame does. For the first step,
    /// from the kernel to Kestrel, the process's environment decides: <c>DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1</c>. So whatever computes for
    /// longer than a frame does must do so elsewhere.
    /// </summary>
    public static void ServeFrames(SocketTransportOptions sockets)
    {
        sockets.UnsafePreferInlineScheduling = true;
        // Every 20 ms each socket has something. To be told so before a buffer is rented costs two system calls more.
        sockets.WaitForDataBeforeAllocatingBuffer = false;
    }

    public static void MapStreams(this WebApplication app)
    {
        app.UseWebSockets();
        app.MapGet("/v1/talk/twilio/ctx/{contextId}", (HttpContext http, string contextId, CarryStream stream) => stream.ExecuteAsync(http, contextId));
    }
}
