using Microsoft.EntityFrameworkCore;

namespace Rapida.Vault.Projects;

/// <summary>A customer. Everything it owns belongs to one of its projects.</summary>
internal sealed class Organisation
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static void Map(ModelBuilder model) => model.Entity<Organisation>(organisation =>
    {
        organisation.ToTable("organisations");
        organisation.Property(row => row.Name).HasMaxLength(100);
    });
}
