namespace Rapida.Recording.Conversations;

internal static class ConversationsRegistration
{
    public static void AddConversations(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<FindConversation>();
        builder.Services.AddScoped<ListConversations>();
    }

    public static void MapConversations(this WebApplication app)
    {
        app.MapGrpcService<ConversationsGrpcService>();
        app.MapConversationsEndpoints();
    }
}
