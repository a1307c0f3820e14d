namespace Rapida.Deployments.Assistants;

internal static class AssistantsRegistration
{
    public static void AddAssistants(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<CreateAssistant>();
        builder.Services.AddScoped<CreateVersion>();
        builder.Services.AddScoped<FindAssistants>();
    }

    public static void MapAssistants(this WebApplication app) => app.MapAssistantEndpoints();
}
