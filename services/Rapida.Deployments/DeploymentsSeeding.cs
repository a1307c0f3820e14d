using Rapida.Deployments.Assistants;
using Rapida.Deployments.Phone;

namespace Rapida.Deployments;

/// <summary>
/// For <c>Rapida.Migrations</c>: a use case that changes nothing when it runs again. The host adds the DbContext and the clock.
/// </summary>
internal static class DeploymentsSeeding
{
    public static void AddDeploymentsSeeding(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<SaveVersion>();
        builder.Services.AddScoped<SavePhoneDeployment>();
        builder.Services.AddScoped<EnsureAssistant>();
    }
}
