using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Database;
using Rapida.Deployments;
using Rapida.Migrations;
using Rapida.Recording.Database;
using Rapida.Vault;

// Brings every database to the version of this build, writes the tenants of its configuration and, in Development, the demo tenant, and exits: the services wait for that.
var builder = Host.CreateApplicationBuilder(args);
builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
// The first question to an empty database fails, as it may. What fails otherwise is thrown, and ends this.
builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.None);
builder.Services.AddSingleton(TimeProvider.System);
AddDatabase<VaultDbContext>("vault-db");
AddDatabase<DeploymentsDbContext>("deployments-db");
AddDatabase<CallsDbContext>("calls-db");
AddDatabase<RecordingDbContext>("recordings-db");
builder.AddTenants();
builder.AddDemoTenant();

using var host = builder.Build();
await using var scope = host.Services.CreateAsyncScope();

await scope.ServiceProvider.GetRequiredService<VaultDbContext>().Database.MigrateAsync();
await scope.ServiceProvider.GetRequiredService<DeploymentsDbContext>().Database.MigrateAsync();
await scope.ServiceProvider.GetRequiredService<CallsDbContext>().Database.MigrateAsync();
await scope.ServiceProvider.GetRequiredService<RecordingDbContext>().Database.MigrateAsync();
if (scope.ServiceProvider.GetService<SeedTenants>() is { } tenants)
    await tenants.ExecuteAsync(CancellationToken.None);
if (scope.ServiceProvider.GetService<SeedDemoTenant>() is { } demo)
    await demo.ExecuteAsync(CancellationToken.None);

void AddDatabase<TContext>(string name)
    where TContext : DbContext =>
    builder.Services.AddDbContext<TContext>(options => options
        .UseNpgsql(builder.Configuration.GetConnectionString(name)
            ?? throw new InvalidOperationException($"The connection string '{name}' is missing.")));
