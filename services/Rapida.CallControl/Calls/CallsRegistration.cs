using Microsoft.Extensions.Options;

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
    }

    public static void MapCalls(this WebApplication app)
    {
        app.MapGrpcService<CallsGrpcService>();
        app.MapCallsApi();
    }
}
