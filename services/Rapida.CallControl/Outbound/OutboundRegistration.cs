using Microsoft.Extensions.Options;

namespace Rapida.CallControl.Outbound;

internal static class OutboundRegistration
{
    public static void AddOutbound(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<OutboundOptions>().BindConfiguration(OutboundOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<OutboundOptions>, OutboundOptionsValidator>();
        builder.Services.AddSingleton<DialBell>();
        builder.Services.AddSingleton<QueueLengths>();
        builder.Services.AddSingleton<QueueCalls>();
        builder.Services.AddScoped<PlaceCalls>();
        builder.Services.AddScoped<DialCall>();
        builder.Services.AddScoped<LearnCallSid>();
        builder.Services.AddScoped<NoteMachine>();
        builder.Services.AddScoped<EndCall>();
        builder.Services.AddHostedService<DialQueuedCalls>();
        builder.Services.AddHostedService<ExpireQueuedCalls>();
        builder.Services.AddHostedService<SettleDials>();
    }

    public static void MapOutbound(this WebApplication app)
    {
        app.MapPlaceCallApi();
        app.MapHostedApi();
    }
}
