using Rapida.ServiceDefaults.Access;
using Rapida.Vault.Encryption;

namespace Rapida.Vault.ApiKeys;

internal static class ApiKeysRegistration
{
    public static void AddApiKeys(this IHostApplicationBuilder builder)
    {
        builder.AddPeppers();
        builder.Services.AddSingleton<UseNotes>();
        builder.Services.AddHostedService<CheckPeppers>();
        builder.Services.AddHostedService<WriteUseNotes>();
        builder.Services.AddScoped<CreateApiKey>();
        builder.Services.AddScoped<FindApiKeys>();
        builder.Services.AddScoped<RevokeApiKey>();
        builder.Services.AddScoped<AuthenticateApiKey>();
        // Vault asks itself: no other service is between the door and the rows.
        builder.Services.AddScoped<IApiKeys>(services => services.GetRequiredService<AuthenticateApiKey>());
    }

    /// <summary>Reads the peppers at once: a service without them must not start.</summary>
    public static void AddPeppers(this IHostApplicationBuilder builder) =>
        builder.AddKeys(new Peppers(builder.Configuration));

    public static void MapApiKeys(this WebApplication app)
    {
        app.MapGrpcService<ApiKeysGrpcService>();
        app.MapApiKeyEndpoints();
    }
}
