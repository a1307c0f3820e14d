using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Rapida.CallControl.Capacity;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.Events;
using Rapida.ServiceDefaults.Access;

namespace Rapida.CallControl.Database;

internal static class DatabaseRegistration
{
    public static void AddCallsDatabase(this WebApplicationBuilder builder)
    {
        builder.AddNpgsqlDataSource("calls-db");
        builder.Services.AddDbContext<CallsDbContext>((services, options) =>
            options.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>())
                // It is thrown too, and told of where it is caught: a caller who hangs up in the middle of a transaction is no Error.
                .ConfigureWarnings(warnings => warnings.Log((RelationalEventId.TransactionError, LogLevel.Debug))));
        builder.AddEvents(events => events.Hear<ForgetRevokedApiKey>().Hear<DropChangedCredential>().Consume<FreeEndedPlace>("calls-free-place"));
    }
}

/// <summary>For <c>dotnet ef migrations add</c>, which needs the model and no database.</summary>
internal sealed class DesignTimeCallsDbContext : IDesignTimeDbContextFactory<CallsDbContext>
{
    public CallsDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<CallsDbContext>().UseNpgsql().Options);
}
