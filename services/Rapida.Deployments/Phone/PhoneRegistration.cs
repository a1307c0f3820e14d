using Rapida.Deployments.Providers;

namespace Rapida.Deployments.Phone;

internal static class PhoneRegistration
{
    public static void AddPhone(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<SavePhoneDeployment>();
        builder.Services.AddScoped<FindPhoneDeployment>();
        builder.Services.AddScoped<ResolvePhoneCall>();
        builder.Services.AddScoped<FindCredentialUses>();
    }

    public static void MapPhone(this WebApplication app) => app.MapPhoneEndpoints();
}
