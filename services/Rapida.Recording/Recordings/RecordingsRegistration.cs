using Microsoft.Extensions.Options;

namespace Rapida.Recording.Recordings;

internal static class RecordingsRegistration
{
    public static void AddRecordings(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RecordingOptions>().BindConfiguration(RecordingOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<RecordingOptions>, RecordingOptionsValidator>();
        builder.Services.AddSingleton<ScheduleRecording>();
        builder.Services.AddScoped<MakeRecording>();
        builder.Services.AddScoped<FindRecording>();
        builder.Services.AddScoped<ListRecordings>();
        builder.Services.AddHostedService<MakeDueRecordings>();
    }

    public static void MapRecordings(this WebApplication app)
    {
        app.MapGrpcService<RecordingsGrpcService>();
        app.MapRecordingsEndpoints();
    }
}
