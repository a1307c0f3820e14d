using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Rapida.Events.Database;
using Rapida.Events.Outbox;
using Rapida.Vault.ApiKeys;
using Rapida.Vault.Credentials;
using Rapida.Vault.Members;
using Rapida.Vault.Projects;

namespace Rapida.Vault;

/// <summary>Who our tenants are, their keys to us and their keys to others.</summary>
internal sealed class VaultDbContext(DbContextOptions<VaultDbContext> options) : DbContext(options)
{
    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<Project> Projects => Set<Project>();

    public DbSet<Member> Members => Set<Member>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<Credential> Credentials => Set<Credential>();

    public DbSet<Lease> Leases => Set<Lease>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    /// <summary>
    /// The credential, its row locked until the transaction ends; null when the project has none with this id, or it was deleted.
    /// </summary>
    public async Task<Credential?> LockCredentialAsync(Guid projectId, Guid id, CancellationToken cancellationToken) =>
        (await LockCredentialsAsync($"project_id = {projectId} and id = {id} and deleted_at is null for update", cancellationToken))
            .SingleOrDefault();

    /// <summary>The credentials of <paramref name="where"/>, which ends in the clause that locks them, by their ids.</summary>
    public async Task<List<Credential>> LockCredentialsAsync(FormattableString where, CancellationToken cancellationToken)
    {
        // Two steps: EF does not find the columns of an envelope in SQL that is not its own.
        var ids = await Database
            .SqlQuery<Guid>(FormattableStringFactory.Create($"select id from credentials where {where.Format}", where.GetArguments()))
            .ToListAsync(cancellationToken);
        return await Credentials.Where(row => ids.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Whoever changes a project's members waits for whoever does so already: two admins who remove each other leave one.</summary>
    public Task LockProjectAsync(Guid projectId, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"select 1 from projects where id = {projectId} for update", cancellationToken);

    /// <summary>Whether no other member of the project is admin.</summary>
    public async Task<bool> IsLastAdminAsync(Member member, CancellationToken cancellationToken) =>
        member.Role == MemberRole.Admin
        && !await Members.AnyAsync(
            row => row.ProjectId == member.ProjectId && row.Id != member.Id && row.Role == MemberRole.Admin, cancellationToken);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        Organisation.Map(modelBuilder);
        Project.Map(modelBuilder);
        Member.Map(modelBuilder);
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
