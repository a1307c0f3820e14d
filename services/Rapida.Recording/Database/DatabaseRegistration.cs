using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Rapida.Recording.Database;

internal static class DatabaseRegistration
{
    public static void AddDatabase(this WebApplicationBuilder builder)
    {
        builder.AddNpgsqlDataSource("recordings-db");
        builder.Services.AddDbContextFactory<RecordingDbContext>((provider, options) =>
            options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
    }
}
