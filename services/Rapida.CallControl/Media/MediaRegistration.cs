using Microsoft.Extensions.Options;

namespace Rapida.CallControl.Media;

internal static class MediaRegistration
{
    public static void AddMediaContexts(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<MediaContextOptions>().BindConfiguration(MediaContextOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<MediaContextOptions>, MediaContextOptionsValidator>();
        builder.Services.AddSingleton<Tickets>();
        builder.Services.AddSingleton<OpenMediaContext>();
        builder.Services.AddScoped<AuthoriseUpgrade>();
        builder.Services.AddScoped<ClaimMediaContext>();
        builder.Services.AddScoped<LeaveMediaContext>();
        builder.Services.AddHostedService<WipeClearHeaders>();
    }

    public static void MapMediaContexts(this WebApplication app) => app.MapGrpcService<MediaContextsGrpcService>();
}
