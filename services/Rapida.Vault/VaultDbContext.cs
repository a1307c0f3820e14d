using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Rapida.Events.Database;
using Rapida.Events.Outbox;
using Rapida.Vault.ApiKeys;
using Rapida.Vault.Credentials;
using Rapida.Vault.Projects;

namespace Rapida.Vault;

/// <summary>Who our tenants are, their keys to us and their keys to others.</summary>
internal sealed class VaultDbContext(DbContextOptions<VaultDbContext> options) : DbContext(options)
{
    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<Project> Projects => Set<Project>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<Credential> Credentials => Set<Credential>();

    public DbSet<Lease> Leases => Set<Lease>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        Organisation.Map(modelBuilder);
        Project.Map(modelBuilder);
        ApiKey.Map(modelBuilder);
        Credential.Map(modelBuilder);
        Lease.Map(modelBuilder);
        modelBuilder.MapEvents();
        modelBuilder.UseSnakeCaseNames();
    }
}

/// <summary>For <c>dotnet ef</c>, which reads the model and connects to nothing.</summary>
internal sealed class VaultDesignTime : IDesignTimeDbContextFactory<VaultDbContext>
{
    public VaultDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<VaultDbContext>().UseNpgsql().Options);
}
