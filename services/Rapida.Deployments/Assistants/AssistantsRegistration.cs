using Rapida.ServiceDefaults.Access;
using Rapida.Vault.V1;

namespace Rapida.Deployments.Assistants;

internal static class AssistantsRegistration
{
    public static void AddAssistants(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<Credentials.CredentialsClient>("vault");
        builder.Services.AddScoped<CreateAssistant>();
        builder.Services.AddScoped<CreateVersion>();
        builder.Services.AddScoped<SaveVersion>();
        builder.Services.AddScoped<StoreToolHeaders>();
        builder.Services.AddScoped<FindAssistants>();
        builder.Services.AddHostedService<MoveClearHeaders>();
    }

    public static void MapAssistants(this WebApplication app) => app.MapAssistantEndpoints();
}
