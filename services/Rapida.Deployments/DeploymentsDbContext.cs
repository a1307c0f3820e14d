using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Rapida.Deployments.Assistants;
using Rapida.Deployments.Phone;
using Rapida.Events.Database;
using Rapida.Events.Outbox;

namespace Rapida.Deployments;

/// <summary>Assistants, all their versions, and all that was ever deployed of them.</summary>
internal sealed class DeploymentsDbContext(DbContextOptions<DeploymentsDbContext> options) : DbContext(options)
{
    public DbSet<Assistant> Assistants => Set<Assistant>();

    public DbSet<AssistantVersion> AssistantVersions => Set<AssistantVersion>();

    public DbSet<PhoneDeployment> PhoneDeployments => Set<PhoneDeployment>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    /// <summary>
    /// The assistant, its row locked until the transaction ends: two saves at the same moment become two versions, one after the other.
    /// </summary>
    public Task<Assistant?> LockAssistantAsync(Guid projectId, AssistantId id, CancellationToken cancellationToken) => Assistants
        .FromSql($"select * from assistants where project_id = {projectId} and id = {id.Value} for update")
        .SingleOrDefaultAsync(cancellationToken);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<AssistantId>().HaveConversion<AssistantId.Column>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        Assistant.Map(modelBuilder);
        AssistantVersion.Map(modelBuilder);
        PhoneDeployment.Map(modelBuilder);
        modelBuilder.MapEvents();
        modelBuilder.UseSnakeCaseNames();
    }
}

/// <summary>For <c>dotnet ef</c>, which reads the model and connects to nothing.</summary>
internal sealed class DeploymentsDesignTime : IDesignTimeDbContextFactory<DeploymentsDbContext>
{
    public DeploymentsDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<DeploymentsDbContext>().UseNpgsql().Options);
}
