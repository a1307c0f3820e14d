using Microsoft.EntityFrameworkCore;

namespace Rapida.Vault.Projects;

/// <summary>The tenant: keys, credentials, assistants and calls belong to a project, and no project sees another's.</summary>
internal sealed class Project
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static void Map(ModelBuilder model) => model.Entity<Project>(project =>
    {
        project.ToTable("projects");
        project.Property(row => row.Name).HasMaxLength(100);
        project.HasOne<Organisation>().WithMany().HasForeignKey(row => row.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    });
}
