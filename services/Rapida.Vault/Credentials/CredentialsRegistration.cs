using Rapida.Calls.V1;
using Rapida.ServiceDefaults.Access;

namespace Rapida.Vault.Credentials;

internal static class CredentialsRegistration
{
    public static void AddCredentials(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<Deployments.V1.Deployments.DeploymentsClient>("deployments");
        builder.AddServiceClient<CredentialChecks.CredentialChecksClient>("calls");
        builder.Services.AddScoped<CreateCredential>();
        builder.Services.AddScoped<FindCredentials>();
        builder.Services.AddScoped<RenameCredential>();
        builder.Services.AddScoped<RotateCredential>();
        builder.Services.AddScoped<DeleteCredential>();
        builder.Services.AddScoped<VerifyCredential>();
        builder.Services.AddScoped<RevealCredential>();
        builder.Services.AddScoped<ListLeases>();
        builder.Services.AddHostedService<RewrapCredentials>();
        builder.Services.AddHostedService<SweepCredentials>();
    }

    public static void MapCredentials(this WebApplication app)
    {
        app.MapGrpcService<CredentialsGrpcService>();
        app.MapCredentialEndpoints();
    }
}
