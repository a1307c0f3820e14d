using Microsoft.EntityFrameworkCore;

namespace Rapida.Vault.Credentials;

/// <summary>The audit line of one reveal: written first, kept for good.</summary>
internal sealed class Lease
{
    public required Guid Id { get; init; }

    public required Guid ProjectId { get; init; }

    public required Guid CredentialId { get; init; }

    public required string Purpose { get; init; }

    /// <summary>The service whose token was shown.</summary>
    public required string Caller { get; init; }

    /// <summary>The instance of it that holds the secret, as it calls itself.</summary>
    public required string Instance { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public static void Map(ModelBuilder model) => model.Entity<Lease>(lease =>
    {
        lease.ToTable("leases");
        lease.HasIndex(row => new { row.ProjectId, row.CredentialId, row.CreatedAt });
        lease.Property(row => row.Purpose).HasMaxLength(RevealCredentialCommand.MaxPurpose);
        lease.Property(row => row.Caller).HasMaxLength(50);
        lease.Property(row => row.Instance).HasMaxLength(RevealCredentialCommand.MaxInstance);
    });
}
