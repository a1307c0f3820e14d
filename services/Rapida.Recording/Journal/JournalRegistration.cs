using Microsoft.Extensions.Options;

namespace Rapida.Recording.Journal;

internal static class JournalRegistration
{
    public static void AddJournal(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<JournalOptions>().BindConfiguration(JournalOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<JournalOptions>, JournalOptionsValidator>();
        builder.Services.AddSingleton<FindPosition>();
        builder.Services.AddSingleton<StoreEntries>();
        builder.Services.AddScoped<ReadJournal>();
        builder.Services.AddTransient<JournalStream>();
    }

    public static void MapJournal(this WebApplication app) => app.MapGrpcService<JournalGrpcService>();
}
