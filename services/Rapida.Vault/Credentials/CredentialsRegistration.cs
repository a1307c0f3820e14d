namespace Rapida.Vault.Credentials;

internal static class CredentialsRegistration
{
    public static void AddCredentials(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<CreateCredential>();
        builder.Services.AddScoped<FindCredentials>();
        builder.Services.AddScoped<RevealCredential>();
    }

    public static void MapCredentials(this WebApplication app)
    {
        app.MapGrpcService<CredentialsGrpcService>();
        app.MapCredentialEndpoints();
    }
}
