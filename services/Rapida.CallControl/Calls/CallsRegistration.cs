using Microsoft.Extensions.Options;
using Rapida.ServiceDefaults.Access;

namespace Rapida.CallControl.Calls;

internal static class CallsRegistration
{
    public static void AddCalls(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<CallsOptions>().BindConfiguration(CallsOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<CallsOptions>, CallsOptionsValidator>();
        builder.Services.AddScoped<FindDeployment>();
        builder.Services.AddScoped<ListCalls>();
        builder.Services.AddScoped<MoveCall>();
        builder.AddServiceClient<Deployments.V1.Deployments.DeploymentsClient>("deployments");
        builder.Services.AddSingleton<ResolvedDeployments>();
    }

    public static void MapCalls(this WebApplication app)
    {
        app.MapGrpcService<CallsGrpcService>();
        app.MapCallsApi();
    }
}
