using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Rapida.Recording.Database;

internal static class DatabaseRegistration
{
    public static void AddDatabase(this WebApplicationBuilder builder)
    {
        builder.AddNpgsqlDataSource("recordings-db");
        builder.Services.AddDbContextFactory<RecordingDbContext>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            // It is thrown too, and whoever catches it logs it once.
            .ConfigureWarnings(warnings => warnings.Log((RelationalEventId.CommandError, LogLevel.Debug))));
    }
}
