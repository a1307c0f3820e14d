using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Capacity;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.Events;
using Rapida.ServiceDefaults.Access;

namespace Rapida.CallControl.Database;

internal static class DatabaseRegistration
{
    public static void AddCallsDatabase(this WebApplicationBuilder builder)
    {
        // The statements of a call are the same for every call: PostgreSQL plans each once for a connection.
        builder.AddNpgsqlDataSource("calls-db", configureDataSourceBuilder: source => source.ConnectionStringBuilder.MaxAutoPrepare = 100);
        builder.Services.AddDbContextPool<CallsDbContext>((services, options) =>
            options.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>())
                // They are thrown too, and told of where they are caught: a caller who hangs up in the middle of a transaction is no Error, nor is
                // a request that comes twice at the same moment.
                .ConfigureWarnings(warnings => warnings.Log(
                    (RelationalEventId.TransactionError, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug),
                    (CoreEventId.SaveChangesFailed, LogLevel.Debug))));
        builder.AddEvents(events => events.Hear<ForgetRevokedApiKey>().Hear<DropChangedCredential>().Hear<ForgetSavedDeployment>().Consume<FreeEndedPlace>("calls-free-place"));
    }
}

/// <summary>For <c>dotnet ef migrations add</c>, which needs the model and no database.</summary>
internal sealed class DesignTimeCallsDbContext : IDesignTimeDbContextFactory<CallsDbContext>
{
    public CallsDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<CallsDbContext>().UseNpgsql().Options);
}
